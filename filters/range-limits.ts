import type { Context, DirectiveDeclaration } from '../core/config/directive.ts';

/** Limits against requests that cost much and ask for nothing sensible (CVE-2011-3192). */
export interface RangeLimits {
  /** Most ranges, after those that overlap or touch have been merged; 0 makes nothing of Range. */
  readonly maxRanges: number;
  /** Most ranges that overlap or touch the one before. */
  readonly maxRangeOverlaps: number;
  /** Most of those that begin before it. */
  readonly maxRangeReversals: number;
}

type LimitInput = number | 'default' | 'unlimited' | 'none';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Most ranges that a request may ask for; a request for more gets the whole body, and `none` makes that the rule. */
    maxRanges: Directive<LimitInput, number>;
    /** Most overlaps among the ranges of a request; with more it gets the whole body. */
    maxRangeOverlaps: Directive<LimitInput, number>;
    /** Most reversals among the ranges of a request; with more it gets the whole body. */
    maxRangeReversals: Directive<LimitInput, number>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory'];

export const rangeLimitDirectives = {
  MaxRanges: limit(
    200,
    'Most ranges that a request may ask for; with more, or with none here, it gets the whole body.',
  ),
  MaxRangeOverlaps: limit(20, 'Most overlaps among the ranges of a request; with more it gets the whole body.'),
  MaxRangeReversals: limit(20, 'Most reversals among the ranges of a request; with more it gets the whole body.'),
};

function limit(normal: number, help: string): DirectiveDeclaration<number> {
  const words = new Map([
    ['default', normal],
    ['unlimited', Number.POSITIVE_INFINITY],
    ['none', 0],
  ]);
  return {
    takes: 'one',
    usage: 'default | unlimited | none | number',
    help,
    contexts: everywhere,
    default: normal,
    parse([given = ''], site) {
      const value = words.get(given.toLowerCase()) ?? (/^[1-9]\d{0,14}$/.test(given) ? Number(given) : undefined);
      return value ?? site.fail(`${site.name} takes default, unlimited, none or a number from 1 on, not "${given}"`);
    },
  };
}
