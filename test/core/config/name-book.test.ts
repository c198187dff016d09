import { describe, expect, it } from '@jest/globals';
import { NameBook } from '../../../core/config/name-book.ts';

const at = { file: 'httpd.conf', line: 7 };

function check(book: NameBook, name: string, ...kinds: string[]): string | undefined {
  return book.check({ directive: 'SetOutputFilter', name, kinds, at })?.message;
}

describe('the names of a config', () => {
  const brought = new Map([['output filter', new Map([['deflate', {}]])]]);

  it('are those that plugins bring, in either letter case', () => {
    const book = new NameBook(brought);
    expect(check(book, 'DEFLATE', 'output filter')).toBeUndefined();
    expect(check(book, 'Deflate', 'output filter')).toBeUndefined();
  });

  it('are those that lines declare', () => {
    const book = new NameBook(brought);
    book.declare('smart filter', 'Pack');
    expect(check(book, 'pack', 'output filter', 'smart filter')).toBeUndefined();
    expect(check(book, 'pack', 'output filter')).toBeDefined();
  });

  it('are missed with the place, and with the nearest one', () => {
    const book = new NameBook(brought);
    book.declare('output filter', 'Shout');
    expect(check(book, 'shot', 'output filter')).toBe(
      'httpd.conf:7: SetOutputFilter names the output filter "shot", which neither a plugin nor the config declares; did you mean "Shout"?',
    );
    expect(check(book, 'DEFLAT', 'output filter')).toContain('did you mean "DEFLATE"?');
    expect(check(book, 'anything else', 'input filter')).not.toContain('did you mean');
  });
});
