import type { DirectiveDeclarations } from '../config/directive.ts';
import { parseNumber } from './server-directives.ts';

/** By their names in TLS (RFC 7301); `h2c` is HTTP/2 without TLS. */
const protocols = ['h2', 'h2c', 'http/1.1'] as const;

export type Protocol = (typeof protocols)[number];

declare module '../config/directive.ts' {
  interface Directives {
    /** The versions of HTTP that are spoken besides HTTP/1.1, the preferred one first. */
    protocols: Directive<Protocol | readonly Protocol[], readonly Protocol[]>;
    /** Most streams of an HTTP/2 connection at a time. */
    h2MaxSessionStreams: Directive<number>;
  }
}

export const protocolDirectives: DirectiveDeclarations = {
  Protocols: {
    takes: 'iterate',
    usage: 'h2 | h2c | http/1.1 …',
    help: 'The versions of HTTP, the preferred one first: h2 is HTTP/2 over TLS, h2c without. HTTP/1.1 is always spoken.',
    contexts: ['server config', 'virtual host'],
    default: ['http/1.1'],
    defaultText: 'http/1.1',
    words: protocols,
    parse: ([name]) => [name as Protocol],
    combine: (earlier, later) => [...earlier, ...later],
  },
  H2MaxSessionStreams: {
    takes: 'one',
    usage: 'count',
    help: 'Most streams of an HTTP/2 connection at a time; a client that opens more has them refused.',
    contexts: ['server config'],
    default: 100,
    parse([text = ''], site) {
      const count = parseNumber(text, site);
      return count > 0 ? count : site.fail('H2MaxSessionStreams must be at least 1: a client needs one stream to ask');
    },
  },
};
