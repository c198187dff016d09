/** One `name="value"` of an element; `value` is undefined where there is no equals sign. */
export interface Attribute {
  readonly name: string;
  readonly value: string | undefined;
}

/** What stands between a start tag and an end tag. */
export interface Element {
  /** In lower case. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** What is wrong with the way it is written. */
  readonly fault: string | undefined;
}

/** A longer element is an error, so that a page can't fill the memory. */
const LONGEST_ELEMENT = 65_536;

type State = 'name' | 'gap' | 'tail' | 'attribute' | 'equals' | 'before value' | 'value' | 'escape';

/** Reads one element byte by byte, as Apache does: an end tag inside a value or an attribute's name is none. */
export class ElementReader {
  readonly #endTag: string;
  #state: State = 'name';
  #token = '';
  #quote = '';
  #length = 0;
  #name = '';
  #attributeName = '';
  readonly #attributes: Attribute[] = [];
  #fault: string | undefined;
  #ended = false;

  /** `endTag` holds one byte in each character. */
  constructor(endTag: string) {
    this.#endTag = endTag;
  }

  /** Takes bytes from `at` on; gives the index behind the end tag, or -1 where it hasn't come. */
  read(data: Buffer, at: number): number {
    for (let next = at; next < data.length; next++) {
      this.#take(String.fromCharCode(data[next]!));
      if (this.#ended) return next + 1;
    }
    return -1;
  }

  get element(): Element {
    return { name: this.#name.toLowerCase(), attributes: this.#attributes, fault: this.#fault };
  }

  #take(character: string): void {
    if (++this.#length > LONGEST_ELEMENT) {
      this.#fault ??= `the element ${this.#name} has more than ${LONGEST_ELEMENT} bytes`;
      if (this.#token.length > this.#endTag.length) this.#token = this.#token.slice(-this.#endTag.length);
    }
    this.#steps[this.#state](character);
  }

  readonly #steps: Readonly<Record<State, (character: string) => void>> = {
    name: (character) => this.#readName(character),
    gap: (character) => {
      if (!isSpace(character)) this.#enter('tail', character);
    },
    tail: (character) => this.#readTail(character),
    attribute: (character) => this.#readAttribute(character),
    equals: (character) => {
      if (character === '=') this.#state = 'before value';
      else if (!isSpace(character)) {
        this.#keep(undefined);
        this.#enter('tail', character);
      }
    },
    'before value': (character) => {
      if (isSpace(character)) return;
      this.#quote = isQuote(character) ? character : '';
      if (this.#quote === '') this.#enter('value', character);
      else this.#state = 'value';
    },
    value: (character) => this.#readValue(character),
    escape: (character) => {
      this.#state = 'value';
      if (character === this.#quote) {
        this.#token += character;
        return;
      }
      this.#token += '\\';
      this.#readValue(character);
    },
  };

  #enter(state: State, character: string): void {
    this.#state = state;
    this.#steps[state](character);
  }

  #readName(character: string): void {
    if (!isSpace(character)) {
      this.#token += character;
      if (!this.#token.endsWith(this.#endTag)) return;
      this.#token = this.#token.slice(0, -this.#endTag.length);
      this.#ended = true;
    }
    this.#name = this.#takeToken();
    if (this.#name === '') this.#fault ??= 'an element has no name';
    this.#state = 'gap';
  }

  /** What begins like the end tag and goes on otherwise is an attribute. */
  #readTail(character: string): void {
    this.#token += character;
    if (this.#token === this.#endTag) this.#ended = true;
    if (this.#endTag.startsWith(this.#token)) return;
    const begun = this.#takeToken();
    this.#state = 'attribute';
    for (const part of begun) this.#steps[this.#state](part);
  }

  #readAttribute(character: string): void {
    if (this.#token === '' && isQuote(character)) {
      this.#fault ??= `a value of the element ${this.#name} has no name`;
      this.#attributeName = '';
      this.#quote = character;
      this.#state = 'value';
      return;
    }
    if (!isSpace(character) && character !== '=') {
      this.#token += character;
      return;
    }
    this.#attributeName = this.#takeToken().toLowerCase();
    if (this.#attributeName === '') this.#fault ??= `a value of the element ${this.#name} has no name`;
    this.#enter('equals', character);
  }

  #readValue(character: string): void {
    if (this.#quote !== '' && character === '\\') this.#state = 'escape';
    else if (this.#quote === '' ? isSpace(character) : character === this.#quote) {
      this.#keep(this.#takeToken());
      this.#state = 'gap';
    } else this.#token += character;
  }

  #keep(value: string | undefined): void {
    this.#attributes.push({ name: this.#attributeName, value });
  }

  #takeToken(): string {
    const token = Buffer.from(this.#token, 'latin1').toString();
    this.#token = '';
    return token;
  }
}

function isSpace(character: string): boolean {
  return ' \t\n\v\f\r'.includes(character);
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}
