import type { RequiredText } from './required-text.ts';
import type { RewriteRule } from './rewrite-rule.ts';
import type { RuleRun } from './rule-run.ts';

/** Places in a list of rules by the plain characters that their patterns can't do without. */
interface Texts {
  readonly isAnchored: boolean;
  readonly ignoreCase: boolean;
  readonly byText: ReadonlyMap<string, readonly number[]>;
  /** How long those texts are. */
  readonly lengths: readonly number[];
  readonly places: readonly number[];
}

/** Finds the few rules of a long list whose pattern may match a path, without trying the others. */
export class RuleIndex {
  readonly all: readonly number[];
  readonly #texts: readonly Texts[];
  /** Rules that have to be looked at in any case. */
  readonly #always: readonly number[];

  constructor(rules: readonly RewriteRule[]) {
    this.#texts = kinds.map((kind) => group(kind, rules)).filter(({ places }) => places.length > 0);
    this.all = [...rules.keys()];
    this.#always = this.all.filter((place) => !isIndexed(rules[place]!));
  }

  /** The places to look at for what `run` sees, in order. */
  candidates({ subject, foldedSubject }: RuleRun): ArrayLike<number> {
    const found = new Set<readonly number[]>();
    if (this.#always.length > 0) found.add(this.#always);
    for (const texts of this.#texts) addPlaces(found, texts, texts.ignoreCase ? foldedSubject : subject);
    const [first = none, ...more] = found;
    return more.length === 0 ? first : Uint32Array.from([first, ...more].flat()).sort();
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

type Kind = Pick<RequiredText, 'isAnchored' | 'ignoreCase'>;

const kinds: readonly Kind[] = [
  { isAnchored: true, ignoreCase: false },
  { isAnchored: true, ignoreCase: true },
  { isAnchored: false, ignoreCase: false },
  { isAnchored: false, ignoreCase: true },
];

/** Where a rule of a chain doesn't match, those behind it are skipped, so it is always looked at. */
function isIndexed({ required, isNegated, flags }: RewriteRule): boolean {
  return required !== undefined && !isNegated && !flags.chain;
}

function group({ isAnchored, ignoreCase }: Kind, rules: readonly RewriteRule[]): Texts {
  const byText = new Map<string, number[]>();
  for (const [place, rule] of rules.entries()) {
    const { required } = rule;
    if (!isIndexed(rule) || required?.isAnchored !== isAnchored || required.ignoreCase !== ignoreCase) continue;
    const same = byText.get(required.text);
    if (same === undefined) byText.set(required.text, [place]);
    else same.push(place);
  }
  const lengths = [...new Set([...byText.keys()].map((text) => text.length))];
  return { isAnchored, ignoreCase, byText, lengths, places: [...byText.values()].flat().sort((a, b) => a - b) };
}

/** Adds the lists of places whose text `subject` has at its start, or in it. */
function addPlaces(
  found: Set<readonly number[]>,
  { isAnchored, byText, lengths, places }: Texts,
  subject: string,
): void {
  const offsets = isAnchored ? 1 : subject.length;
  // For a long path it is less work to look at all of them.
  if (offsets * lengths.length > places.length) {
    found.add(places);
    return;
  }
  for (const length of lengths) {
    for (let at = 0; at < offsets && at + length <= subject.length; at++) {
      const same = byText.get(subject.slice(at, at + length));
      if (same !== undefined) found.add(same);
    }
  }
}

const none: readonly number[] = [];
