import type { RewriteRule } from './rewrite-rule.ts';
import { type RuleIndex, indexOf } from './rule-index.ts';
import type { RuleRun } from './rule-run.ts';

/** The rules that a run still has before it. */
export class RuleQueue {
  readonly rules: readonly RewriteRule[];
  readonly #run: RuleRun;
  readonly #index: RuleIndex;
  #subject: string | undefined;
  #candidates: readonly number[] = [];
  /** The place in `#candidates`. */
  #at = 0;

  constructor(rules: readonly RewriteRule[], run: RuleRun) {
    this.rules = rules;
    this.#run = run;
    this.#index = indexOf(rules);
  }

  /** The first place from `place` on whose rule is to be looked at; the number of rules where there is none. */
  next(place: number): number {
    // A trace names every rule.
    if (this.#run.isTraced) return place;
    if (this.#subject !== this.#run.subject) {
      this.#subject = this.#run.subject;
      this.#candidates = this.#index.candidates(this.#run);
      this.#at = 0;
    }
    if (this.#at > 0 && place <= this.#candidates[this.#at - 1]!) this.#at = 0;
    while (this.#at < this.#candidates.length && this.#candidates[this.#at]! < place) this.#at++;
    return this.#candidates[this.#at] ?? this.rules.length;
  }
}
