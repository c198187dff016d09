import { readCharacterClass } from './pcre-class.ts';

/** A regular expression that can't be used, and why. */
export class RegularExpressionError extends Error {
  readonly code = 'SLUICE_REGULAR_EXPRESSION';
  readonly pattern: string;

  constructor(pattern: string, fault: string, options?: ErrorOptions) {
    super(`bad regular expression "${pattern}": ${fault}`, options);
    this.name = 'RegularExpressionError';
    this.pattern = pattern;
  }
}

/**
 * Rewrites a PCRE pattern as the JavaScript pattern of the same meaning.
 *
 * Letters under `i` become sets of both cases: V8 has no linear-time engine for its own `i` flag, nor for lookarounds.
 *
 * Throws RegularExpressionError for what JavaScript can't express.
 */
export function translatePcre(pattern: string, flags: string): { source: string; flags: string } {
  return new Translation(pattern, flags).run();
}

interface Modes {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
}

const modeNames: ReadonlyMap<string, keyof Modes> = new Map([
  ['i', 'ignoreCase'],
  ['s', 'dotAll'],
  ['m', 'multiline'],
]);

/** What an escaped letter becomes; absent letters mean the same in JavaScript or nothing at all. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['A', '^'],
  ['z', '$'],
  ['Z', '(?=\\n?$)'],
  ['a', '\\x07'],
  ['e', '\\x1b'],
  ['h', '[\\t \\xa0]'],
  ['H', '[^\\t \\xa0]'],
  ['v', '[\\n-\\r\\x85\\u2028\\u2029]'],
  ['V', '[^\\n-\\r\\x85\\u2028\\u2029]'],
  ['N', '[^\\n]'],
  ['R', '(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])'],
]);

const sameEscapes = 'bBdDsSwWfnrt0';

class Translation {
  readonly #pattern: string;
  #at = 0;
  #source = '';
  #modes: Modes = { ignoreCase: false, dotAll: true, multiline: false };
  readonly #outer: Modes[] = [];
  #global = '';
  #foldedReference = false;
  #exactLetter = false;

  constructor(pattern: string, flags: string) {
    this.#pattern = pattern;
    for (const flag of flags) {
      if (flag === 'g') this.#global = 'g';
      else this.#switchMode(flag, true);
    }
  }

  run(): { source: string; flags: string } {
    while (this.#at < this.#pattern.length) this.#readOne();
    if (this.#foldedReference && this.#exactLetter) {
      this.#fail('a back reference that ignores case needs the i flag for the whole pattern');
    }
    return { source: this.#source || '(?:)', flags: this.#global + (this.#foldedReference ? 'i' : '') };
  }

  #readOne(): void {
    const character = this.#pattern[this.#at]!;
    if (character === '\\') this.#readEscape();
    else if (character === '[') this.#readClass();
    else if (character === '(') this.#openGroup();
    else if ('*+?{'.includes(character)) this.#readQuantifier();
    else {
      this.#at++;
      this.#source += this.#translateCharacter(character);
    }
  }

  #translateCharacter(character: string): string {
    switch (character) {
      case ')':
        this.#modes = this.#outer.pop() ?? this.#fail('unmatched )');
        return character;
      case '.':
        return this.#modes.dotAll ? '[^]' : '[^\\n]';
      case '^':
        return this.#modes.multiline ? '(?<![^\\n])' : character;
      case '$':
        return this.#modes.multiline ? '(?![^\\n])' : character;
      default:
        return this.#literal(character);
    }
  }

  #literal(character: string): string {
    if (/[a-z]/i.test(character)) {
      if (this.#modes.ignoreCase) return `[${character.toLowerCase()}${character.toUpperCase()}]`;
      this.#exactLetter = true;
    }
    return character;
  }

  #readQuantifier(): void {
    const quantifier = this.#take(/[*+?]|\{\d+(?:,\d*)?\}/y);
    if (quantifier === undefined) {
      this.#at++;
      this.#source += '\\{';
      return;
    }
    if (this.#pattern[this.#at] === '+') this.#fail(`possessive quantifiers (${quantifier[0]}+) are not supported`);
    this.#source += quantifier[0] + (this.#take(/\?/y)?.[0] ?? '');
  }

  #readClass(): void {
    const found = readCharacterClass(this.#pattern, this.#at, this.#modes.ignoreCase);
    if (typeof found === 'string') this.#fail(found);
    this.#source += found.source;
    this.#at = found.end;
    if (!this.#modes.ignoreCase) this.#exactLetter = true;
  }

  #readEscape(): void {
    const quoted = this.#take(/\\Q(.*?)(?:\\E|$)/sy);
    if (quoted !== undefined) {
      for (const character of quoted[1]!)
        this.#source += this.#literal(character).replace(/^[$()*+./?[\\\]^{|}-]$/, '\\$&');
      return;
    }
    if (this.#take(/\\E/y) !== undefined) return;
    const code = this.#take(/\\x(?:\{([\da-fA-F]{1,4})\}|([\da-fA-F]{0,2}))|\\(0[0-7]{0,2}|[1-3][0-7]{2})/y);
    if (code !== undefined) {
      const value =
        code[3] === undefined ? Number.parseInt(code[1] ?? (code[2] || '0'), 16) : Number.parseInt(code[3], 8);
      this.#source += this.#codeUnit(value);
      return;
    }
    const named = this.#take(/\\[gk](?:\{([A-Za-z_]\w*)\}|<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
    if (named !== undefined) return this.#refer(`\\k<${named[1] ?? named[2] ?? named[3]}>`);
    const numbered = this.#take(/\\(?:([1-9]\d?)|g([1-9]\d?)|g\{([1-9]\d?)\})/y);
    if (numbered !== undefined) return this.#refer(`(?:\\${numbered[1] ?? numbered[2] ?? numbered[3]})`);
    this.#readSimpleEscape();
  }

  #readSimpleEscape(): void {
    const letter = this.#pattern[this.#at + 1];
    if (letter === undefined) this.#fail('\\ at the end');
    this.#at += 2;
    const replacement = escapes.get(letter);
    if (replacement !== undefined) this.#source += replacement;
    else if (sameEscapes.includes(letter) || !/[a-z]/i.test(letter)) this.#source += `\\${letter}`;
    else this.#fail(`\\${letter} is not supported`);
  }

  #codeUnit(value: number): string {
    const character = String.fromCharCode(value);
    return /[a-z]/i.test(character) ? this.#literal(character) : `\\u${value.toString(16).padStart(4, '0')}`;
  }

  #refer(source: string): void {
    this.#foldedReference ||= this.#modes.ignoreCase;
    this.#source += source;
  }

  #openGroup(): void {
    if (this.#take(/\(\?#[^)]*\)/y) !== undefined) return;
    const reference = this.#take(/\(\?P=([A-Za-z_]\w*)\)/y);
    if (reference !== undefined) return this.#refer(`\\k<${reference[1]}>`);
    const inline = this.#take(/\(\?([a-z]*)(?:-([a-z]+))?([:)])/y);
    if (inline !== undefined) return this.#openModes(inline[1]!, inline[2] ?? '', inline[3]!);
    const name = this.#take(/\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y);
    const plain = name === undefined ? this.#take(/\(\?(?:<?[=!])|\((?![?*])/y) : undefined;
    if (name === undefined && plain === undefined) {
      this.#fail(`${/^\(\??.?/.exec(this.#pattern.slice(this.#at))![0]} starts nothing that is supported`);
    }
    this.#outer.push(this.#modes);
    this.#source += name === undefined ? plain![0] : `(?<${name[1] ?? name[2]}>`;
  }

  #openModes(on: string, off: string, end: string): void {
    if (end === ':') {
      this.#outer.push(this.#modes);
      this.#source += '(?:';
    }
    for (const flag of on) this.#switchMode(flag, true);
    for (const flag of off) this.#switchMode(flag, false);
  }

  #switchMode(flag: string, value: boolean): void {
    const mode = modeNames.get(flag) ?? this.#fail(`unknown flag ${flag}; known are i, s, m and g`);
    this.#modes = { ...this.#modes, [mode]: value };
  }

  /** The text at the current place, where the sticky `form` fits, is passed over and returned. */
  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#pattern);
    if (found === null) return undefined;
    this.#at = form.lastIndex;
    return found;
  }

  #fail(fault: string): never {
    throw new RegularExpressionError(this.#pattern, fault);
  }
}
