import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFrontMatter } from '../front-matter.ts';

const read = (text: string): unknown => {
  const { fields, body } = readFrontMatter(text);
  return { ...Object.fromEntries(fields), body };
};

describe('front matter', () => {
  it('is lines of key and value, in quotation marks or not', () => {
    assert.deepEqual(read('---\nTitle: A: B\nx-y: "c d"\nempty:\nodd: "c\n---\nText\n'), {
      title: 'A: B',
      'x-y': 'c d',
      empty: '',
      odd: '"c',
      body: 'Text\n',
    });
  });

  it('may have the line ends of Windows, a mark at its start, and lines that say nothing', () => {
    assert.deepEqual(read('\uFEFF---\r\n# comment\r\na: b\r\n\r\n---\r\nText'), { a: 'b', body: 'Text' });
  });

  it('is only at the top, and between two lines', () => {
    for (const text of ['Text\n---\na: b\n---\n', '---\na: b\n', '----\na: b\n---\n', '']) {
      assert.deepEqual(read(text), { body: text });
    }
  });
});
