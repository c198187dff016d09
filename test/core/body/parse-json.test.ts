import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../../../core/body/parse-json.ts';

describe('parsing the JSON of a request', () => {
  it.each([
    '{"__proto__":{"admin":true},"a":1}',
    '{"\\u005f_proto__":{"admin":true},"a":1}',
    '{"__p\\u0072oto__":1,"a":1}',
  ])('leaves out the key of %s that would poison a prototype', (text) => {
    const value = parseJson(text) as object;
    expect(Object.keys(value)).toEqual(['a']);
    expect(Object.assign({}, value)).not.toHaveProperty('admin');
  });

  it('leaves it out at any depth', () => {
    expect(JSON.stringify(parseJson('[{"a":{"__proto__":1,"b":[{"__proto__":2}]}}]'))).toBe('[{"a":{"b":[{}]}}]');
  });

  it('keeps the word as a value', () => {
    expect(parseJson('["__proto__", "\\u0070"]')).toEqual(['__proto__', 'p']);
  });

  it('takes any JSON value', () => {
    expect([parseJson('null'), parseJson(' 1 '), parseJson('"a"')]).toEqual([null, 1, 'a']);
  });
});
