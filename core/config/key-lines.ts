/** Finds the lines of an object literal's keys in its source; keys must be asked for in the order in which they stand there. */
export class KeyLines {
  readonly #source: string;
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source.replace(commentOrString, (match) =>
      match.startsWith('/') ? match.replace(/[^\n]/g, ' ') : match,
    );
  }

  /** The line of the next `key: …`, `'key': …`, `key() …` or shorthand `key`, or 0 where there is none. */
  next(key: string): number {
    const name = key.replace(/[^\w]/g, '\\$&');
    const pattern = new RegExp(`(?:^|[{,\\s])(["']?)${name}\\1\\s*[:(,}]`, 'g');
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match === null) return 0;
    const found = match.index + match[0].indexOf(key);
    this.#line += this.#source.slice(this.#at, found).split('\n').length - 1;
    this.#at = found;
    return this.#line;
  }
}

const commentOrString = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`/g;
