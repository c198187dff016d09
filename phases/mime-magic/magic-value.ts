/** A value read from the begin of a text, and where the text goes on. */
export interface StringValue {
  readonly value: Buffer;
  readonly end: number;
}

const escapes: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['b', 0x08],
  ['t', 0x09],
  ['f', 0x0c],
  ['v', 0x0b],
]);

const character = /\\([0-7]{1,3})|\\x([0-9a-f]{1,2})|\\(.)|(\S)/isy;

/** Reads bytes up to a blank: `\n` and its kin, octal `\037`, hexadecimal `\x1f`; a backslash takes the meaning of others away. */
export function readString(text: string): StringValue {
  const bytes: number[] = [];
  let end = text.length - text.trimStart().length;
  for (;;) {
    character.lastIndex = end;
    const match = character.exec(text);
    if (match === null) return { value: Buffer.from(bytes), end };
    const [, octal, hexadecimal, escaped, plain] = match;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (hexadecimal !== undefined) bytes.push(Number.parseInt(hexadecimal, 16));
    else if (escaped !== undefined) bytes.push(escapes.get(escaped) ?? escaped.charCodeAt(0));
    else bytes.push(plain!.charCodeAt(0));
    end = character.lastIndex;
  }
}

/** Reads a number: decimal, octal with a leading zero, or hexadecimal. Throws an Error for anything else. */
export function readNumber(text: string): { readonly value: number; readonly end: number } {
  const match = /^\s*(-?)(0x[0-9a-f]+|\d+)l?/i.exec(text);
  if (match === null) throw new Error(`a number is expected, not "${text.trim().slice(0, 30)}"`);
  const [whole, sign, digits = ''] = match;
  const size = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return { value: sign === '-' ? -size : size, end: whole.length };
}
