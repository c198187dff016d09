import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import { isThenable } from '../../core/thenable.ts';
import { SedMachine, withinLimit } from './sed-machine.ts';
import type { SedProgram } from './sed-program.ts';

/** What is made of some lines goes on together. */
const ENOUGH = 65_536;

/** One body on its way through a sed script, line by line. */
export class SedRun implements FilterObject {
  readonly #machine: SedMachine;
  /** The line begun. It grows without being searched again. */
  #begun = '';
  /** Its end has come; it waits for the next byte, for it may be the last line. */
  #isWhole = false;

  constructor(program: SedProgram) {
    this.#machine = new SedMachine(program);
  }

  data(chunk: Uint8Array, f: FilterContext): void | Promise<void> {
    return this.#work(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1'), 0, f);
  }

  end(f: FilterContext): void | Promise<void> {
    if (this.#begun !== '' || this.#isWhole) this.#execute('', true);
    return this.#send(f);
  }

  #work(text: string, from: number, f: FilterContext): void | Promise<void> {
    if (this.#isWhole && text !== '') this.#execute('', false);
    for (let at = from; at < text.length && !this.#machine.hasQuit;) {
      const end = text.indexOf('\n', at);
      if (end < 0 || end === text.length - 1) {
        this.#isWhole = end >= 0;
        this.#begun = withinLimit(this.#begun + text.slice(at, this.#isWhole ? end : undefined));
        break;
      }
      this.#execute(text.slice(at, end), false);
      at = end + 1;
      if (this.#machine.madeLength < ENOUGH) continue;
      const sent = this.#send(f);
      const rest = at;
      if (isThenable(sent)) return sent.then(() => this.#work(text, rest, f));
    }
    return this.#send(f);
  }

  #execute(rest: string, isLast: boolean): void {
    const line = this.#begun + rest;
    this.#begun = '';
    this.#isWhole = false;
    if (!this.#machine.hasQuit) this.#machine.execute(line, isLast);
  }

  #send(f: FilterContext): void | Promise<void> {
    const made = this.#machine.take();
    if (made !== '') return f.passOn(Buffer.from(made, 'latin1'));
  }
}
