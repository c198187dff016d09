import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFileHead } from '../../../handlers/asis/file-head.ts';

const name = fc.stringMatching(/^X-[A-Za-z0-9-]{1,12}$/);
const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);

describe('the head of a file', () => {
  it('is read as it was written, whatever ends its lines', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), fc.constantFrom('\n', '\r\n'), fc.string(), (fields, end, body) => {
        const text = `${fields.map(([key, said]) => `${key}: ${said}${end}`).join('')}${end}`;
        const head = parseFileHead(text + body, 'x');
        expect(head.fields).toEqual(fields);
        expect(head.length).toBe(text.length);
      }),
    );
  });

  it('has a status with its words', () => {
    expect(parseFileHead('Status: 404 Not Here\n\n', 'x')).toMatchObject({ status: 404, statusLine: '404 Not Here' });
    expect(parseFileHead('X: y\n\n', 'x')).toMatchObject({ status: undefined, statusLine: undefined });
  });

  it.each([
    ['', 'x needs headers, then an empty line'],
    ['A: b\n', 'x needs headers, then an empty line'],
    ['A: b\n c: d\n\n', 'x:2: expected "Name: value"'],
    ['Status: 700\n\n', '"Status: 700" doesn\'t begin with a status of HTTP'],
    ['Status: 100 Continue\n\n', "doesn't begin with a status"],
    ['Status: ok\n\n', "doesn't begin with a status"],
  ])('%j is refused', (text, message) => {
    expect(() => parseFileHead(text, 'x')).toThrow(message);
  });
});
