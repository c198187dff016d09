import type { DirectiveSite } from '../../core/config/directive.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';
import { type Effect, effectsOf } from './effects.ts';
import { referenceEscaper } from './escape-uri.ts';
import { type RequiredText, requiredText } from './required-text.ts';
import type { RewriteCondition } from './rewrite-condition.ts';
import { type RuleFlags, parseRuleFlags } from './rule-flags.ts';
import { readRuleLine } from './rule-line.ts';
import { type Template, compileSubstitution, compileTemplate } from './template.ts';

/** One RewriteRule with the conditions before it. */
export interface RewriteRule {
  /** The pattern as it was written, for the trace. */
  readonly text: string;
  readonly pattern: RegExp;
  /** Asked first, for it is faster. */
  readonly required: RequiredText | undefined;
  readonly isNegated: boolean;
  readonly conditions: readonly RewriteCondition[];
  /** Undefined for `-`, and where a status is the answer. */
  readonly substitution: Template | undefined;
  readonly flags: RuleFlags;
  readonly effects: readonly Effect[];
  readonly type: Template | undefined;
  readonly handler: Template | undefined;
  /** The substitution may name any file, not only those below the document root. */
  readonly mayNameFile: boolean;
}

/** Reads a RewriteRule line; conditions are added later. Throws an Error, also through `site`. */
export function parseRewriteRule(words: readonly string[], usage: string, site: DirectiveSite): RewriteRule {
  const { first, second, flags: given } = readRuleLine(words, usage, site);
  const flags = parseRuleFlags(given, site);
  const isNegated = first.startsWith('!');
  const pattern = isNegated ? first.slice(1) : first;
  const escape = flags.escape ? referenceEscaper(flags.escaping) : undefined;
  return {
    text: first,
    pattern: compileRegularExpression(pattern, flags.noCase ? 'i' : ''),
    required: requiredText(pattern, flags.noCase),
    isNegated,
    conditions: [],
    substitution: second === '-' || flags.answer !== undefined ? undefined : compileSubstitution(second, escape),
    flags,
    effects: effectsOf(flags),
    type: flags.type === undefined ? undefined : compileTemplate(flags.type, escape),
    handler: flags.handler === undefined ? undefined : compileTemplate(flags.handler, escape),
    mayNameFile: flags.unsafePrefixStat || !/^[$%]/.test(second),
  };
}
