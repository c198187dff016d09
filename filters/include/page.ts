import type { LastMatch } from '../../core/expression/compile.ts';
import type { Brigade } from '../../core/filter/bucket.ts';
import type { BrigadeTarget } from '../../core/filter/outlet.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { type StateKey, stateKey } from '../../core/state-key.ts';
import { substituteVariables } from './substitute-variables.ts';
import type { Variables } from './variables.ts';

/** In bytes; what a page makes of one brigade may be much more. */
const LARGEST_BRIGADE = 65_536;

/** The state of a page that is being put together; elements read and change it. */
export class Page {
  readonly r: RequestRecord;
  readonly variables: Variables;
  /** Where the page goes. */
  readonly target: BrigadeTarget;
  /** False between an `if` that doesn't hold and its `else` or `endif`. */
  isPrinting = true;
  /** Whether a branch of the current `if` has been taken. */
  hasBranch = true;
  /** How many `if` elements have begun inside a branch that isn't printed. */
  skippedIfs = 0;
  errorMessage: string;
  timeFormat: string;
  undefinedEcho: string;
  sizeInBytes = false;
  /** Of the last regular expression. */
  readonly match: LastMatch = { groups: undefined };
  #out: (string | Uint8Array)[] = [];
  #length = 0;

  constructor(r: RequestRecord, variables: Variables, target: BrigadeTarget) {
    const { ssiErrorMsg, ssiTimeFormat, ssiUndefinedEcho } = r.config;
    this.r = r;
    this.variables = variables;
    this.target = target;
    this.errorMessage = ssiErrorMsg;
    this.timeFormat = ssiTimeFormat;
    this.undefinedEcho = ssiUndefinedEcho;
  }

  /** Whether programs may be run, and things included that could be programs. */
  get mayExecute(): boolean {
    return this.r.config.options.on.has('includesexec');
  }

  write(text: string | Uint8Array): void {
    if (this.isPrinting) this.#push(text);
  }

  /** Logs what is wrong with an element, and shows the error message in its place. */
  fail(fault: string): void {
    this.r.log(`${fault} (in ${this.r.filename})`, this.isPrinting ? 'error' : 'warn', 'include');
    this.write(this.errorMessage);
  }

  /** Does so even where nothing is printed: what is wrong with a branch is never hidden. */
  failAlways(fault: string): void {
    this.r.log(`${fault} (in ${this.r.filename})`, 'error', 'include');
    this.#push(this.errorMessage);
  }

  /** The value of a variable, or a group of the last regular expression for a digit. */
  value(name: string): string | undefined {
    return /^\d$/.test(name) ? this.match.groups?.[Number(name)] : this.variables.get(name);
  }

  /** With the values of `$name` and `${name}`. */
  expand(text: string): string {
    return substituteVariables(
      text,
      (name) => this.value(name),
      (fault) => this.r.log(`${fault} (in ${this.r.filename})`, 'error', 'include'),
    );
  }

  /** True where so much has been written that it should be sent. */
  get isFull(): boolean {
    return this.#length >= LARGEST_BRIGADE;
  }

  /** What has been written since the last time; in one piece, for elements make many small ones. */
  take(): Brigade {
    const parts = this.#out;
    this.#out = [];
    this.#length = 0;
    return parts.length < 2 ? parts : [Buffer.concat(parts.map(bytesOf))];
  }

  /** Sends what has been written on its way. */
  send(): void | Promise<void> {
    if (this.#out.length > 0) return this.target.receive(this.take(), this.r);
  }

  #push(text: string | Uint8Array): void {
    this.#out.push(text);
    this.#length += text.length;
  }
}

/** The page of a request; pages that it includes find it there. */
export const pageKey: StateKey<Page> = stateKey<Page>('include.page');

function bytesOf(part: string | Uint8Array): Uint8Array {
  return typeof part === 'string' ? Buffer.from(part) : part;
}
