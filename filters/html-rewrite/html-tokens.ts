import type { RewritingStream } from 'parse5-html-rewriting-stream';
import { optionalPackage } from '../../phases/optional-package.ts';

/** A piece of a page: where it stands, and what of it can be changed. */
export interface HtmlToken {
  readonly kind: 'start' | 'end' | 'other';
  /** In lower case; empty for text, comments and the doctype. */
  readonly tagName: string;
  readonly attributes: readonly HtmlAttribute[];
  readonly selfClosing: boolean;
  /** As the page has it. */
  readonly source: string;
}

export interface HtmlAttribute {
  readonly name: string;
  readonly value: string;
  /** Where it stands in the source of its tag. */
  readonly start: number;
  readonly end: number;
}

/** Longer tags and comments are no page's. */
const LONGEST_TOKEN = 1_048_576;

type Location = { readonly startOffset: number; readonly endOffset: number };

interface ParsedTag {
  readonly tagName: string;
  readonly attrs?: readonly { readonly name: string; readonly prefix?: string | undefined; readonly value: string }[];
  readonly selfClosing?: boolean;
  readonly sourceCodeLocation?: (Location & { readonly attrs?: Record<string, Location> }) | null | undefined;
}

/** Imports the parser. Rejects with an Error that says how to install it where it isn't there. */
export async function loadParser(): Promise<new () => RewritingStream> {
  const name = 'parse5-html-rewriting-stream';
  const { RewritingStream: parser } = await optionalPackage(name, () => import('parse5-html-rewriting-stream'));
  return parser;
}

/** Cuts a page into tokens as a browser does, and hands each one to `take` with its source; no byte is left out. */
export class HtmlTokens {
  readonly #parser: RewritingStream;
  readonly #take: (token: HtmlToken) => void;
  /** What has come and is no token yet. */
  #pending = '';
  /** Where that begins in the page. */
  #offset = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(Parser: new () => RewritingStream, take: (token: HtmlToken) => void) {
    this.#take = take;
    const parser = new Parser();
    parser.on('startTag', (tag: ParsedTag) => this.#tag('start', tag));
    parser.on('endTag', (tag: ParsedTag) => this.#tag('end', tag));
    for (const event of ['text', 'comment', 'doctype']) {
      parser.on(event, ({ sourceCodeLocation }: ParsedTag) => this.#upTo(sourceCodeLocation!.endOffset));
    }
    this.#parser = parser;
  }

  /** Throws what `take` throws, and an Error for a token without end. */
  write(text: string): void {
    this.#pending += text;
    this.#parser.write(text);
    this.#check();
    if (this.#pending.length > LONGEST_TOKEN) {
      throw new Error(`the page has a tag or comment of more than ${LONGEST_TOKEN} characters`);
    }
  }

  async end(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#parser.end(resolve);
    });
    this.#check();
    // A tag that is never closed.
    this.#upTo(this.#offset + this.#pending.length);
    this.#check();
  }

  destroy(): void {
    this.#parser.destroy();
  }

  #tag(kind: 'start' | 'end', { tagName, attrs = [], selfClosing = false, sourceCodeLocation }: ParsedTag): void {
    const { startOffset, endOffset, attrs: places = {} } = sourceCodeLocation!;
    this.#upTo(startOffset);
    const attributes = attrs.map(({ name, prefix, value }) => {
      const fullName = prefix === undefined || prefix === '' ? name : `${prefix}:${name}`;
      const place = places[fullName] ?? places[name] ?? sourceCodeLocation!;
      return { name: fullName, value, start: place.startOffset - startOffset, end: place.endOffset - startOffset };
    });
    const source = this.#cut(endOffset);
    this.#give({ kind, tagName: tagName.toLowerCase(), attributes, selfClosing, source });
  }

  #upTo(offset: number): void {
    if (offset <= this.#offset) return;
    this.#give({ kind: 'other', tagName: '', attributes: [], selfClosing: false, source: this.#cut(offset) });
  }

  #cut(offset: number): string {
    const source = this.#pending.slice(0, offset - this.#offset);
    this.#pending = this.#pending.slice(source.length);
    this.#offset += source.length;
    return source;
  }

  /** An error must not end in the middle of the parser. */
  #give(token: HtmlToken): void {
    if (this.#failure !== undefined) return;
    try {
      this.#take(token);
    } catch (error) {
      this.#failure = { error };
    }
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
