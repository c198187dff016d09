import type { RewriteRule } from './rewrite-rule.ts';
import { type RuleIndex, indexOf } from './rule-index.ts';
import type { RuleRun } from './rule-run.ts';

/** The rules that a run still has before it. */
export class RuleQueue {
  readonly rules: readonly RewriteRule[];
  readonly #run: RuleRun;
  readonly #index: RuleIndex;
  #subject: string | undefined;
  #candidates: ArrayLike<number>;
  /** The place in `#candidates`. */
  #at = 0;

  constructor(rules: readonly RewriteRule[], run: RuleRun) {
    this.rules = rules;
    this.#run = run;
    this.#index = indexOf(rules);
    this.#candidates = this.#index.all;
  }

  /** The first place from `place` on whose rule is to be looked at; the number of rules where there is none. */
  from(place: number): number {
    this.#run.takeSubject();
    // A trace names every rule.
    if (!this.#run.isTraced && this.#subject !== this.#run.subject) {
      this.#subject = this.#run.subject;
      this.#candidates = this.#index.candidates(this.#run);
    }
    this.#at = 0;
    while (this.#at < this.#candidates.length && this.#candidates[this.#at]! < place) this.#at++;
    return this.#candidates[this.#at] ?? this.rules.length;
  }

  /** The place after the one last given, where nothing has changed. */
  next(): number {
    return this.#candidates[++this.#at] ?? this.rules.length;
  }
}
