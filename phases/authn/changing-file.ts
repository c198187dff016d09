import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../../core/thrown.ts';

/** What a text file says, which is read again when it has changed. */
export class ChangingFile<T> {
  readonly path: string;
  readonly #directive: string;
  readonly #parse: (text: string) => T;
  readonly #kind: string;
  #known: { readonly content: T; readonly mtimeMs: number; readonly size: number; readonly ino: number } | undefined;

  /** `directive`, which names the file, and `kind`, what it is, are for messages. */
  constructor(path: string, directive: string, parse: (text: string) => T, kind = 'file') {
    this.path = path;
    this.#directive = directive;
    this.#parse = parse;
    this.#kind = kind;
  }

  /** Throws where the file can't be read. */
  get content(): T {
    try {
      const { mtimeMs, size, ino } = statSync(this.path);
      const known = this.#known;
      if (known?.mtimeMs === mtimeMs && known.size === size && known.ino === ino) return known.content;
      const content = this.#parse(readFileSync(this.path, 'utf8'));
      this.#known = { content, mtimeMs, size, ino };
      return content;
    } catch (error) {
      throw new Error(`${this.#directive} ${this.path}: expected a readable ${this.#kind} (${messageOf(error)})`, {
        cause: error,
      });
    }
  }
}
