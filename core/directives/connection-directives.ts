import type { DirectiveDeclaration, DirectiveDeclarations } from '../config/directive.ts';
import { parseNumber } from './server-directives.ts';

declare module '../config/directive.ts' {
  interface Directives {
    /** Most connections at a time, from all addresses together; 0 is no limit. */
    maxConnections: Directive<number>;
    /** Most connections at a time from one client address; 0 is no limit. */
    maxConnectionsPerAddress: Directive<number>;
    /** Bytes that a connection may carry, in both directions together, before it is cut; 0 is no limit. */
    limitConnectionBytes: Directive<number>;
  }
}

export const connectionDirectives: DirectiveDeclarations = {
  MaxConnections: limit('count', 'Most connections at a time; further ones are closed at once, 0 is no limit.'),
  MaxConnectionsPerAddress: limit(
    'count',
    'Most connections at a time from one client address; further ones are closed at once, 0 is no limit.',
  ),
  LimitConnectionBytes: limit(
    'bytes',
    'How much a connection may carry, in both directions together, before it is cut; 0 is no limit.',
  ),
};

function limit(usage: string, help: string): DirectiveDeclaration<number> {
  return {
    takes: 'one',
    usage,
    help,
    contexts: ['server config'],
    default: 0,
    parse: ([text = ''], site) => parseNumber(text, site),
  };
}
