import { TooLateError } from './too-late-error.ts';

/**
 * A case-insensitive multimap of strings in insertion order, as Apache's tables are: one flat list of name and value in
 * turns, which is also how Node hands over a request's headers.
 *
 * @example
 * r.headersOut.set('Cache-Control', 'no-store');
 * r.errHeadersOut.append('Set-Cookie', 'seen=1');
 */
export class Table implements Iterable<[name: string, value: string]> {
  readonly #flat: string[];
  #sealed: string | undefined;

  /** `flat`: name, value, name, value, …; it is taken over, not copied. */
  constructor(flat: string[] = []) {
    this.#flat = flat;
  }

  /** Number of entries, duplicates included. */
  get size(): number {
    return this.#flat.length / 2;
  }

  /** The first value of `name`. */
  get(name: string): string | undefined {
    const at = this.#find(name, 0);
    return at < 0 ? undefined : this.#flat[at + 1];
  }

  /** All values of `name`, in order. */
  getAll(name: string): string[] {
    const values: string[] = [];
    for (let at = this.#find(name, 0); at >= 0; at = this.#find(name, at + 2)) values.push(this.#flat[at + 1]!);
    return values;
  }

  /** Whether there is a value of `name`. */
  has(name: string): boolean {
    return this.#find(name, 0) >= 0;
  }

  /** Replaces all values of `name`; an existing entry keeps its place and spelling. Throws TypeError for other than text. */
  set(name: string, value: string | number): this {
    this.#assertOpen(name);
    const text = textOf(name, value);
    const at = this.#find(name, 0);
    if (at < 0) {
      this.#flat.push(name, text);
      return this;
    }
    this.#flat[at + 1] = text;
    this.#deleteFrom(name, at + 2);
    return this;
  }

  /** Adds a further value. Throws TypeError for other than text. */
  append(name: string, value: string | number): this {
    this.#assertOpen(name);
    this.#flat.push(name, textOf(name, value));
    return this;
  }

  /** Adds `value` to the comma-separated list in `name` unless the list has it already (Apache's merge; used for Vary). */
  merge(name: string, value: string): this {
    this.#assertOpen(name);
    const at = this.#find(name, 0);
    if (at < 0) return this.append(name, value);
    const wanted = value.toLowerCase();
    const present = this.#flat[at + 1]!.split(',').some((item) => item.trim().toLowerCase() === wanted);
    if (!present) this.#flat[at + 1] += `, ${value}`;
    return this;
  }

  /** Removes all values of `name`; true when there were any. */
  delete(name: string): boolean {
    this.#assertOpen(name);
    return this.#deleteFrom(name, 0);
  }

  /** Removes everything. */
  clear(): void {
    this.#assertOpen('all entries');
    this.#flat.length = 0;
  }

  /** @internal From now on every change throws a TooLateError that gives `reason`. */
  seal(reason: string): void {
    this.#sealed = reason;
  }

  /** A table of its own with the same entries. */
  copy(): Table {
    return new Table([...this.#flat]);
  }

  /** Name, value, name, value, … as a new list, the form that Node's `writeHead` takes. */
  toFlat(): string[] {
    return [...this.#flat];
  }

  /** The names, in order and as they were spelt; of duplicates each. */
  *keys(): IterableIterator<string> {
    for (let at = 0; at < this.#flat.length; at += 2) yield this.#flat[at]!;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    for (let at = 0; at < this.#flat.length; at += 2) yield [this.#flat[at]!, this.#flat[at + 1]!];
  }

  #assertOpen(name: string): void {
    if (this.#sealed !== undefined) throw new TooLateError(`${name} can't be changed: ${this.#sealed}`);
  }

  #find(name: string, from: number): number {
    const flat = this.#flat;
    for (let at = from; at < flat.length; at += 2) if (sameName(flat[at]!, name)) return at;
    return -1;
  }

  #deleteFrom(name: string, from: number): boolean {
    let found = false;
    for (let at = this.#find(name, from); at >= 0; at = this.#find(name, at)) {
      this.#flat.splice(at, 2);
      found = true;
    }
    return found;
  }
}

function sameName(a: string, b: string): boolean {
  return a.length === b.length && (a === b || a.toLowerCase() === b.toLowerCase());
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new TypeError(`a table holds text, but ${name} was given ${value === null ? 'null' : typeof value}`);
}
