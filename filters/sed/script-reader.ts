/** A sed script on its way through the parser; its characters stand for bytes. */
export class ScriptReader {
  readonly text: string;
  at = 0;

  constructor(script: string) {
    this.text = Buffer.from(script).toString('latin1');
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character, empty at the end. */
  peek(): string {
    return this.text.charAt(this.at);
  }

  next(): string {
    return this.text.charAt(this.at++);
  }

  /** Takes the next character if it is `character`. */
  take(character: string): boolean {
    if (this.peek() !== character || this.isAtEnd) return false;
    this.at++;
    return true;
  }

  /** Takes everything that `pattern`, which is sticky, matches here. */
  takeAll(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  /** The rest of the script, shortened to fit in a message. */
  get rest(): string {
    const rest = Buffer.from(this.text.slice(this.at), 'latin1').toString();
    return rest.length > 40 ? `${rest.slice(0, 40)}…` : rest;
  }
}
