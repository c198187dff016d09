/** The words of a directive that takes them with or without signs, as Options does. */
export interface SignedWords<W extends string> {
  /** What is switched on. */
  readonly on: ReadonlySet<W>;
  /** For words with signs: what is to be taken away from outside. */
  readonly off: ReadonlySet<W>;
  /** Written with signs only: changes what is in force outside instead of replacing it. */
  readonly relative: boolean;
}

/** Lays the words of an inner section, or of a later line, over those of an outer one. */
export function mergeSignedWords<S extends SignedWords<string>>(outer: S, inner: S): S {
  if (!inner.relative) return inner;
  return {
    ...inner,
    on: new Set([...outer.on, ...inner.on].filter((word) => !inner.off.has(word))),
    off: new Set([...outer.off, ...inner.off].filter((word) => !inner.on.has(word))),
    relative: outer.relative,
  };
}

/**
 * Collects the words of one line from left to right, as Apache does: a word without a sign takes back the signed ones before
 * it.
 */
export class SignedWordsReader<W extends string> implements SignedWords<W> {
  readonly #plain = new Set<W>();
  readonly #added = new Set<W>();
  readonly off = new Set<W>();
  relative = true;

  get on(): ReadonlySet<W> {
    return new Set([...this.#plain, ...this.#added].filter((word) => !this.off.has(word)));
  }

  add(sign: string, word: W): void {
    if (sign === '') {
      this.relative = false;
      this.#added.clear();
      this.off.clear();
      this.#plain.add(word);
    } else {
      (sign === '-' ? this.off : this.#added).add(word);
      (sign === '-' ? this.#added : this.off).delete(word);
    }
  }

  /** The line says that nothing is on, whatever is outside. */
  clear(): void {
    this.relative = false;
    this.#plain.clear();
    this.#added.clear();
    this.off.clear();
  }

  take(): SignedWords<W> {
    return { on: this.on, off: new Set(this.off), relative: this.relative };
  }
}
