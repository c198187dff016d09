import { TextDecoder } from 'node:util';
import { optionalPackage } from '../../phases/optional-package.ts';

/** A charset that text can be read from and written in. */
export interface Charset {
  readonly name: string;
  /** Reads text piece by piece, wherever characters are cut. Throws a CharsetError at bytes that stand for none. */
  decoder(): TextReader;
  /** Writes text piece by piece. Throws a CharsetError at a character that the charset doesn't have. */
  encoder(): TextWriter;
}

export interface TextReader {
  write(bytes: Buffer): string;
  /** What was left at the end. */
  end(): string;
}

export interface TextWriter {
  write(text: string): Buffer;
  end(): Buffer;
}

/** Recognised by its code, which survives copies of the package. */
export class CharsetError extends Error {
  readonly code = 'ERR_SLUICE_CHARSET';
}

/** Finds a charset by its name, with iconv-lite but for UTF-8 and Latin-1. Rejects with an Error where there is none. */
export async function loadCharset(name: string): Promise<Charset> {
  const known = builtIn.get(name.toLowerCase());
  if (known !== undefined) return { name, ...known };
  const { default: iconv } = await optionalPackage('iconv-lite', () => import('iconv-lite'));
  const isKnown: boolean = iconv.encodingExists(name);
  if (!isKnown) throw new Error(`there is no charset "${name}"`);
  return {
    name,
    decoder: () => strictReader(iconv.getDecoder(name), name),
    encoder: () => strictWriter(iconv.getEncoder(name), name),
  };
}

const REPLACEMENT = '\ufffd';

function strictReader(decoder: { write(bytes: Buffer): string; end(): string | undefined }, name: string): TextReader {
  const check = (text: string): string => {
    // In Unicode it is a character like any other.
    if (!isUnicode(name) && text.includes(REPLACEMENT))
      throw new CharsetError(`a byte of the body stands for nothing in ${name}`);
    return text;
  };
  return { write: (bytes) => check(decoder.write(bytes)), end: () => check(decoder.end() ?? '') };
}

/** iconv-lite writes a question mark for what a charset doesn't have. */
function strictWriter(encoder: { write(text: string): Buffer; end(): Buffer | undefined }, name: string): TextWriter {
  return {
    write(text) {
      const bytes = encoder.write(text);
      // In Unicode the byte may be a part of any character.
      if (!isUnicode(name) && bytes.includes(QUESTION_MARK) && countIn(bytes) > text.split('?').length - 1) {
        throw new CharsetError(`${name} doesn't have a character of the body`);
      }
      return bytes;
    },
    end: () => encoder.end() ?? Buffer.alloc(0),
  };
}

function isUnicode(name: string): boolean {
  return /^utf|^ucs/i.test(name);
}

const QUESTION_MARK = 0x3f;

function countIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === QUESTION_MARK) count++;
  return count;
}

const utf8: Omit<Charset, 'name'> = {
  decoder() {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
    const decode = (...given: Parameters<TextDecoder['decode']>): string => {
      try {
        return decoder.decode(...given);
      } catch (cause) {
        throw new CharsetError('the body is no UTF-8', { cause });
      }
    };
    return { write: (bytes) => decode(bytes, { stream: true }), end: () => decode() };
  },
  encoder: () => ({ write: (text) => Buffer.from(text), end: () => Buffer.alloc(0) }),
};

const latin1: Omit<Charset, 'name'> = {
  decoder: () => ({ write: (bytes) => bytes.toString('latin1'), end: () => '' }),
  encoder: () => ({
    write(text) {
      const [strange] = /[^\0-\xff]/u.exec(text) ?? [];
      if (strange !== undefined) throw new CharsetError(`iso-8859-1 doesn't have "${strange}"`);
      return Buffer.from(text, 'latin1');
    },
    end: () => Buffer.alloc(0),
  }),
};

const builtIn = new Map([
  ['utf-8', utf8],
  ['utf8', utf8],
  ['iso-8859-1', latin1],
  ['latin1', latin1],
]);
