import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { escapeErrorLogItem, escapeLogItem } from '../../../core/log/log-escape.ts';

describe('escaping for the access log', () => {
  it.each([
    ['plain text, with [brackets] and 100 %', 'plain text, with [brackets] and 100 %'],
    ['a "quoted" word', 'a \\"quoted\\" word'],
    ['back\\slash', 'back\\\\slash'],
    ['two\nlines\r\n', 'two\\nlines\\r\\n'],
    ['tab\tand\vand\b', 'tab\\tand\\vand\\b'],
    ['\0\x01\x0c\x1b[31m\x7f', '\\x00\\x01\\x0c\\x1b[31m\\x7f'],
    ['é€', '\\xc3\\xa9\\xe2\\x82\\xac'],
    ['\\"', '\\\\\\"'],
  ])('writes %j as %s', (text, escaped) => {
    expect(escapeLogItem(text)).toBe(escaped);
  });

  it('takes header values byte by byte', () => {
    expect(escapeLogItem('\xff\xe9', 'latin1')).toBe('\\xff\\xe9');
  });

  it('leaves one line of printable ASCII, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeLogItem(text)).toMatch(/^(?:[ !#-[\]-~]|\\["\\bnrtv]|\\x[0-9a-f]{2})*$/);
      }),
    );
  });

  it('loses nothing: the bytes can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = Buffer.from(text);
        expect(unescape(escapeLogItem(text)).equals(bytes)).toBe(true);
        expect(unescape(escapeErrorLogItem(text)).equals(bytes)).toBe(true);
      }),
    );
  });
});

describe('escaping for the error log', () => {
  it('leaves quotes alone and escapes the rest', () => {
    expect(escapeErrorLogItem('no file "x"\n\\é')).toBe('no file "x"\\n\\\\\\xc3\\xa9');
  });
});

const letters: Readonly<Record<string, string>> = { b: '\b', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' };

function unescape(text: string): Buffer {
  const bytes = text.replace(/\\(?:x(..)|(.))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? letters[letter]! : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
