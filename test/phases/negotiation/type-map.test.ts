import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTypeMap } from '../../../phases/negotiation/type-map.ts';

const parse = (text: string): readonly object[] => parseTypeMap(text, '/site/page.var');

describe('parseTypeMap', () => {
  it('reads records of header fields', () => {
    const text = `# comment
URI: page.html (in English)
Content-Type: Text/HTML; qs=0.8;
 charset=UTF-8
content-language: en, en-GB
Content-Length: 12
Description: "A (fine) page"
`;
    expect(parse(text)).toEqual([
      {
        name: 'page.html',
        type: 'text/html',
        sourceQuality: 0.8,
        level: 2,
        charset: 'utf-8',
        languages: ['en', 'en-gb'],
        encoding: '',
        length: 12,
        description: '"A (fine) page"',
        body: undefined,
      },
    ]);
  });

  it('leaves out records that only have a URI, or none', () => {
    expect(parse('URI: a\n\nContent-Type: text/html\n\nURI: b\nContent-Encoding: gzip\n')).toMatchObject([
      { name: 'b', encoding: 'gzip', sourceQuality: 0 },
    ]);
  });

  it('reads the bytes of bodies up to their end', () => {
    const [variant] = parseTypeMap(
      'Content-Type: text/html\nBody:--end\n<p>\u00e9\n\n# text\n--end rest\n',
      '/site/page.var',
    );
    expect(variant).toMatchObject({ name: 'page.var', length: 13 });
    expect(variant!.body!.toString('latin1')).toBe('<p>\u00e9\n\n# text\n');
  });

  it.each([
    ['URI: a\nnonsense', '/site/page.var:2: a type map has fields such as'],
    ['\n\nURI:', '/site/page.var:3: the field "URI:" has no value'],
    ['URI: a\nContent-Length: many', '/site/page.var:2: Content-Length takes a number of bytes, not "many"'],
    ['Content-Type: a/b\nBody: end\ntext', '/site/page.var:2: the Body has no line with its end, "end"'],
  ])('says where nonsense is: %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('throws nothing but errors that name a line', () => {
    const piece = fc.constantFrom(
      'URI: a\n',
      'Body:x\n',
      'x\n',
      '\n',
      ' ',
      '#',
      ':',
      '(',
      '"',
      'Content-Type: a/b\n',
      'Content-Length:',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          try {
            parse(text);
          } catch (error) {
            expect((error as Error).message).toMatch(/^\/site\/page\.var:\d+: /);
          }
        },
      ),
    );
  });
});
