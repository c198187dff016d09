import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import type { Substitution } from './substitution.ts';

/** One body on its way through the substitutions, line by line. */
export class SubstituteRun implements FilterObject {
  readonly #substitutions: readonly Substitution[];
  readonly #longest: number;
  /** The beginning of a line whose end hasn't come yet. */
  #begun = '';

  constructor(substitutions: readonly Substitution[], longest: number) {
    this.#substitutions = substitutions;
    this.#longest = longest;
  }

  data(chunk: Uint8Array, f: FilterContext): void | Promise<void> {
    const text = this.#begun + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    let at = 0;
    let changed = '';
    for (let end = text.indexOf('\n', this.#begun.length); end >= 0; end = text.indexOf('\n', at)) {
      changed += this.#line(text.slice(at, end + 1));
      at = end + 1;
    }
    this.#begun = text.slice(at);
    this.#check(this.#begun);
    return f.passOn(Buffer.from(changed, 'latin1'));
  }

  end(f: FilterContext): void | Promise<void> {
    if (this.#begun !== '') return f.passOn(Buffer.from(this.#line(this.#begun), 'latin1'));
  }

  #line(line: string): string {
    this.#check(line);
    let pieces: readonly string[] = [line];
    for (const substitution of this.#substitutions) pieces = pieces.flatMap((piece) => substitution.replace(piece));
    const changed = pieces.join('');
    this.#check(changed);
    return changed;
  }

  #check(line: string): void {
    if (line.length <= this.#longest) return;
    throw new Error(
      `SUBSTITUTE met a line of more than ${this.#longest} bytes; SubstituteMaxLineLength allows longer ones`,
    );
  }
}
