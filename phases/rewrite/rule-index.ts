import type { LiteralStart } from './literal-start.ts';
import type { RewriteRule } from './rewrite-rule.ts';
import type { RuleRun } from './rule-run.ts';

/** Places in a list of rules by the plain characters that their patterns begin with. */
interface Starts {
  readonly isAnchored: boolean;
  readonly ignoreCase: boolean;
  readonly byText: ReadonlyMap<string, readonly number[]>;
  /** How long those texts are. */
  readonly lengths: readonly number[];
  readonly places: readonly number[];
}

/** Finds the few rules of a long list whose pattern may match a path, without trying the others. */
export class RuleIndex {
  readonly #starts: readonly Starts[];
  /** Rules that have to be looked at in any case. */
  readonly #always: readonly number[];

  constructor(rules: readonly RewriteRule[]) {
    this.#starts = kinds.map((kind) => group(kind, rules)).filter(({ places }) => places.length > 0);
    this.#always = [...rules.keys()].filter((place) => !isIndexed(rules[place]!));
  }

  /** The places to look at for what `run` sees, in order. */
  candidates({ subject, foldedSubject }: RuleRun): readonly number[] {
    const found = this.#starts.flatMap((starts) => placesFor(starts, starts.ignoreCase ? foldedSubject : subject));
    return found.length === 0 ? this.#always : [...found, ...this.#always].sort((a, b) => a - b);
  }
}

const indexes = new WeakMap<readonly RewriteRule[], RuleIndex>();

/** The index of a list of rules, made once. */
export function indexOf(rules: readonly RewriteRule[]): RuleIndex {
  let index = indexes.get(rules);
  if (index === undefined) {
    index = new RuleIndex(rules);
    indexes.set(rules, index);
  }
  return index;
}

type Kind = Pick<LiteralStart, 'isAnchored' | 'ignoreCase'>;

const kinds: readonly Kind[] = [
  { isAnchored: true, ignoreCase: false },
  { isAnchored: true, ignoreCase: true },
  { isAnchored: false, ignoreCase: false },
  { isAnchored: false, ignoreCase: true },
];

/** Where a rule of a chain doesn't match, those behind it are skipped, so it is always looked at. */
function isIndexed({ start, isNegated, flags }: RewriteRule): boolean {
  return start !== undefined && !isNegated && !flags.chain;
}

function group({ isAnchored, ignoreCase }: Kind, rules: readonly RewriteRule[]): Starts {
  const byText = new Map<string, number[]>();
  for (const [place, rule] of rules.entries()) {
    const { start } = rule;
    if (!isIndexed(rule) || start?.isAnchored !== isAnchored || start.ignoreCase !== ignoreCase) continue;
    const same = byText.get(start.text);
    if (same === undefined) byText.set(start.text, [place]);
    else same.push(place);
  }
  const lengths = [...new Set([...byText.keys()].map((text) => text.length))];
  return { isAnchored, ignoreCase, byText, lengths, places: [...byText.values()].flat() };
}

function placesFor({ isAnchored, byText, lengths, places }: Starts, subject: string): readonly number[] {
  const offsets = isAnchored ? 1 : subject.length;
  // For a long path it is less work to look at all of them.
  if (offsets * lengths.length > places.length) return places;
  const found: number[] = [];
  for (const length of lengths) {
    for (let at = 0; at < offsets && at + length <= subject.length; at++) {
      const same = byText.get(subject.slice(at, at + length));
      if (same !== undefined) found.push(...same);
    }
  }
  return isAnchored ? found : [...new Set(found)];
}
