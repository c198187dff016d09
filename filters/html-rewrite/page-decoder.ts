import { TextDecoder } from 'node:util';

/** How much of a page is searched for its charset (HTML, §13.2.3.2). */
const PRESCAN = 1_024;

/** Makes text of a page's bytes, in the charset that its head or the page itself says, or else in UTF-8. */
export class PageDecoder {
  /** The beginning, while the charset isn't known. */
  #held = Buffer.alloc(0);
  #decoder: TextDecoder | undefined = undefined;

  /** `charset` is that of the Content-Type. */
  constructor(charset: string | undefined) {
    if (charset !== undefined) this.#decoder = new TextDecoder(charset);
  }

  write(bytes: Uint8Array): string {
    if (this.#decoder !== undefined) return this.#decoder.decode(bytes, { stream: true });
    this.#held = Buffer.concat([this.#held, bytes]);
    const beginning = this.#held.toString('latin1', 0, PRESCAN);
    const isEnough = beginning.length === PRESCAN || bodyTag.test(beginning) || charsetOf(beginning) !== undefined;
    return isEnough ? this.#begin(beginning) : '';
  }

  end(): string {
    const rest = this.#decoder === undefined ? this.#begin(this.#held.toString('latin1')) : '';
    return rest + this.#decoder!.decode();
  }

  #begin(beginning: string): string {
    const declared = charsetOf(beginning) ?? 'utf-8';
    // A page in UTF-16 couldn't have been read so far.
    this.#decoder = new TextDecoder(isKnown(declared) && !/^utf-16/i.test(declared) ? declared : 'utf-8');
    return this.#decoder.decode(this.#held, { stream: true });
  }
}

const bodyTag = /<body[\s>]/i;

function charsetOf(beginning: string): string | undefined {
  const [head = ''] = beginning.split(bodyTag);
  return /<meta\b[^>]*\bcharset\s*=\s*["']?([\w:.-]+)(?=["'\s/>;])/i.exec(head)?.[1];
}

/** Whether there is a charset of this name. */
export function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}
