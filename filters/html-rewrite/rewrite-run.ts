import type { RewritingStream } from 'parse5-html-rewriting-stream';
import type { FilterContext, FilterObject } from '../../core/filter/filter.ts';
import { EditableElement, type HtmlElement } from './html-element.ts';
import { type HtmlToken, HtmlTokens } from './html-tokens.ts';
import { OpenElements, voidElements } from './open-elements.ts';
import { PageDecoder } from './page-decoder.ts';
import type { Selector } from './selector.ts';

/** What is done with the elements that a selector means. */
export interface Rewriting {
  readonly selector: Selector;
  readonly rewrite: (element: HtmlElement) => void;
}

/** One page on its way; the result is in UTF-8. Only tags that are changed are written anew. */
export class RewriteRun implements FilterObject {
  readonly #rewritings: readonly Rewriting[];
  readonly #decoder: PageDecoder;
  readonly #tokens: HtmlTokens;
  readonly #open = new OpenElements<EditableElement>();
  #made = '';
  /** The element that is dropped with its content, if the page is inside of one. */
  #dropping: EditableElement | undefined = undefined;

  constructor(rewritings: readonly Rewriting[], charset: string | undefined, Parser: new () => RewritingStream) {
    this.#rewritings = rewritings;
    this.#decoder = new PageDecoder(charset);
    this.#tokens = new HtmlTokens(Parser, (token) => this.#take(token));
  }

  data(chunk: Uint8Array, f: FilterContext): void | Promise<void> {
    this.#tokens.write(this.#decoder.write(chunk));
    return this.#send(f);
  }

  async end(f: FilterContext): Promise<void> {
    this.#tokens.write(this.#decoder.end());
    await this.#tokens.end();
    for (const element of this.#open.rest()) this.#close(element);
    await this.#send(f);
  }

  abandon(): void {
    this.#tokens.destroy();
  }

  #send(f: FilterContext): void | Promise<void> {
    const made = this.#made;
    this.#made = '';
    if (made !== '') return f.passOn(made);
  }

  #take(token: HtmlToken): void {
    if (token.kind === 'start') this.#start(token);
    else if (token.kind === 'end') this.#end(token);
    else this.#write(token.source);
  }

  #start(token: HtmlToken): void {
    for (const element of this.#open.endedByStartOf(token.tagName)) this.#close(element);
    const element = new EditableElement(token);
    if (this.#dropping === undefined) this.#rewrite(element);
    const { replacement, startTag } = element;
    this.#write(element.front);
    this.#write(replacement ?? startTag + element.inner);
    if (voidElements.has(token.tagName) || token.selfClosing) {
      this.#write(element.tail + element.behind);
      return;
    }
    if (element.dropsContent) this.#dropping ??= element;
    this.#open.open(element);
  }

  #rewrite(element: EditableElement): void {
    for (const { selector, rewrite } of this.#rewritings) {
      if (selector(this.#open.list, element)) rewrite(element);
    }
  }

  #end(token: HtmlToken): void {
    const ended = this.#open.endedByEndOf(token.tagName);
    for (const [at, element] of ended.entries()) this.#close(element, at === ended.length - 1 ? token.source : '');
    if (ended.length === 0) this.#write(token.source);
  }

  /** `endTag` is empty where the page leaves it out. */
  #close(element: EditableElement, endTag = ''): void {
    const wasDropped = this.#dropping === element;
    if (wasDropped) this.#dropping = undefined;
    if (element.replacement === undefined) this.#write(element.tail + endTag);
    this.#write(element.behind);
  }

  #write(html: string): void {
    if (this.#dropping === undefined) this.#made += html;
  }
}
