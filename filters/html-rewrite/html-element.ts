import { escapeHtml } from '../../core/escape-html.ts';
import type { HtmlToken } from './html-tokens.ts';
import type { SelectorSubject } from './selector.ts';

/** An element of a page whose start tag has come: what a rewriting function may change. */
export interface HtmlElement {
  /** In lower case. */
  readonly tagName: string;
  /** The value with its character references replaced; undefined where the element doesn't have the attribute. */
  getAttribute(name: string): string | undefined;
  /** `value` is plain text. */
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  /** Puts HTML in front of the start tag. */
  before(html: string): void;
  /** Puts HTML behind the start tag. */
  prepend(html: string): void;
  /** Puts HTML in front of the end tag. */
  append(html: string): void;
  /** Puts HTML behind the end tag. */
  after(html: string): void;
  /** Puts HTML in the place of the element and of everything in it. */
  replaceWith(html: string): void;
  /** Drops the element with everything in it. */
  remove(): void;
  /** Puts plain text in the place of everything in it. */
  setText(text: string): void;
}

/** The element as the run sees it, with what is to become of it. */
export class EditableElement implements HtmlElement, SelectorSubject {
  readonly tagName: string;
  readonly #token: HtmlToken;
  /** New values by name; undefined for an attribute that is to go. */
  readonly #edits = new Map<string, string | undefined>();
  front = '';
  inner = '';
  tail = '';
  behind = '';
  /** What stands for the whole element. */
  replacement: string | undefined = undefined;
  dropsContent = false;

  constructor(token: HtmlToken) {
    this.tagName = token.tagName;
    this.#token = token;
  }

  getAttribute(name: string): string | undefined {
    const key = name.toLowerCase();
    if (this.#edits.has(key)) return this.#edits.get(key);
    return this.#token.attributes.find((attribute) => attribute.name.toLowerCase() === key)?.value;
  }

  setAttribute(name: string, value: string): void {
    this.#edits.set(attributeName(name), value);
  }

  removeAttribute(name: string): void {
    this.#edits.set(attributeName(name), undefined);
  }

  before(html: string): void {
    this.front += html;
  }

  prepend(html: string): void {
    this.inner = html + this.inner;
  }

  append(html: string): void {
    this.tail += html;
  }

  after(html: string): void {
    this.behind = html + this.behind;
  }

  replaceWith(html: string): void {
    this.replacement = html;
    this.dropsContent = true;
  }

  remove(): void {
    this.replaceWith('');
  }

  setText(text: string): void {
    this.inner = escapeHtml(text);
    this.tail = '';
    this.dropsContent = true;
  }

  /** The start tag with its attributes changed; everything else of it stays as the page has it. */
  get startTag(): string {
    const { source, attributes, selfClosing } = this.#token;
    const added = new Map(this.#edits);
    let tag = '';
    let copied = 0;
    for (const { name, start, end } of attributes.toSorted((one, other) => one.start - other.start)) {
      const key = name.toLowerCase();
      if (!added.has(key)) continue;
      const value = added.get(key);
      added.delete(key);
      tag +=
        value === undefined
          ? source.slice(copied, start).trimEnd()
          : source.slice(copied, start) + written(name, value);
      copied = end;
    }
    const close = selfClosing ? source.length - 2 : source.length - 1;
    tag += source.slice(copied, close).trimEnd();
    for (const [name, value] of added) if (value !== undefined) tag += ` ${written(name, value)}`;
    return this.#edits.size === 0 ? source : tag + (selfClosing ? ' />' : '>');
  }
}

/** Throws an Error for what can't be the name of an attribute. */
function attributeName(name: string): string {
  if (!/^[^\s"'<>/=\0]+$/.test(name)) throw new Error(`"${name}" is no name of an attribute`);
  return name.toLowerCase();
}

function written(name: string, value: string): string {
  return `${name}="${escapeHtml(value)}"`;
}
