import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Element } from '../../../filters/include/element-reader.ts';
import { ElementScanner } from '../../../filters/include/element-scanner.ts';

/** Text and elements of a page that comes in pieces; neighbouring text is joined. */
function scan(pieces: readonly string[], startTag = '<!--#', endTag = '-->'): (string | Element)[] {
  const scanner = new ElementScanner(startTag, endTag);
  const found: (string | Element)[] = [];
  const keep = (part: Buffer | Element): void => {
    if (!(part instanceof Uint8Array)) found.push(part);
    else if (typeof found.at(-1) === 'string') found.push(`${found.pop() as string}${part.toString('latin1')}`);
    else if (part.length > 0) found.push(part.toString('latin1'));
  };
  for (const piece of pieces) for (const part of scanner.scan(Buffer.from(piece, 'latin1'))) keep(part);
  keep(scanner.finish());
  return scanner.isInside ? [...found, 'unfinished'] : found;
}

const element = (name: string, ...attributes: readonly [string, string | undefined][]): Element => ({
  name,
  attributes: attributes.map(([attribute, value]) => ({ name: attribute, value })),
  fault: undefined,
});

describe('The elements of a page', () => {
  it.each<[string, (string | Element)[]]>([
    ['', []],
    ['text', ['text']],
    ['a<!--#endif-->b', ['a', element('endif'), 'b']],
    ['<!--#echo var="x" -->', [element('echo', ['var', 'x'])]],
    ['<!--#ECHO VAR=x -->', [element('echo', ['var', 'x'])]],
    ['<!--#echo var="-->" -->', [element('echo', ['var', '-->'])]],
    ["<!--#a b='1' c = `2` d -->", [element('a', ['b', '1'], ['c', '2'], ['d', undefined])]],
    ['<!--#a -b -->', [element('a', ['-b', undefined])]],
  ])('of %j', (page, parts) => {
    expect(scan([page])).toEqual(parts);
  });

  it.each([
    ['<!--#echo var="x\\"y\\z" -->', 'x"y\\z'],
    ["<!--#echo var='x\"y' -->", 'x"y'],
    ['<!--#echo var=x"y -->', 'x"y'],
  ])('%j has the value %j', (page, value) => {
    expect(scan([page])).toEqual([element('echo', ['var', value])]);
  });

  it.each(['<!--', '<!', '<!--#echo', '<!--#echo var="x', '<!--#echo var="x" --'])('%j has no end', (page) => {
    const found = scan([page]);
    expect(found.at(-1)).toBe(page.startsWith('<!--#') ? 'unfinished' : page);
  });

  it('says what is wrong with an element', () => {
    const faults = ['<!--# -->', '<!--#echo "x" -->', '<!--#echo ="x" -->'].map(
      (page) => (scan([page])[0] as Element).fault,
    );
    expect(faults).toEqual([
      'an element has no name',
      'a value of the element echo has no name',
      'a value of the element echo has no name',
    ]);
  });

  it('are the same wherever the page is cut', () => {
    const words = fc.constantFrom(
      '<!--#',
      '<',
      '!',
      '-',
      '-->',
      '--',
      'echo',
      ' ',
      '=',
      '"',
      "'",
      '\\',
      'x',
      '\n',
      '#',
    );
    const tags = fc.constantFrom(['<!--#', '-->'], ['--', '->'], ['<<', '>>'], ['a', 'b'], ['---->', '-']);
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.array(fc.nat(60)), tags, (parts, cuts, [start, end]) => {
        const page = parts.join('');
        const places = [0, ...cuts.map((cut) => cut % (page.length + 1)).toSorted((a, b) => a - b), page.length];
        const pieces = places.slice(1).map((place, at) => page.slice(places[at], place));
        expect(scan(pieces, start, end)).toEqual(scan([page], start, end));
        expect(scan(page.split(''), start, end)).toEqual(scan([page], start, end));
      }),
    );
  });
});
