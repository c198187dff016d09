import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MimeMap, extensionsOf, mergeMimeMaps, readExtensions } from '../../phases/mime-map.ts';

const map: MimeMap = new Map([
  ['en', { language: 'en' }],
  ['fr', { language: 'fr' }],
  ['gz', { encoding: 'gzip' }],
  ['br', { encoding: 'br' }],
  ['utf8', { charset: 'utf-8' }],
  ['latin', { charset: 'iso-8859-1' }],
  ['shtml', { type: 'text/html', handler: 'server-parsed' }],
]);

const read = (name: string): object => readExtensions(name, map);
const nothing = { type: undefined, charset: undefined, encoding: undefined, handler: undefined, languages: [] };

describe('extensionsOf', () => {
  it.each([
    ['/a/page.html', ['html']],
    ['/a.b/page.Tar.GZ', ['tar', 'gz']],
    ['/a.b/page', []],
    ['.htaccess', []],
    ['..x.txt', ['txt']],
    ['a..b', ['', 'b']],
    ['', []],
  ])('of %s are %j', (name, extensions) => {
    expect(extensionsOf(name)).toEqual(extensions);
  });
});

describe('readExtensions', () => {
  it('knows the usual types', () => {
    expect(read('/x/page.html')).toEqual({ ...nothing, type: 'text/html' });
    expect(read('/x/a.unheard-of')).toEqual(nothing);
    expect(read('/x/a.__proto__.constructor')).toEqual(nothing);
  });

  it('adds up languages and encodings, and takes the last type, charset and handler', () => {
    const page = {
      type: 'text/html',
      charset: 'utf-8',
      encoding: 'gzip, br',
      languages: ['en', 'fr'],
      handler: undefined,
    };
    expect(read('page.txt.en.latin.HTML.gz.fr.utf8.br')).toEqual(page);
    expect(read('page.shtml')).toEqual({ ...nothing, type: 'text/html', handler: 'server-parsed' });
  });

  it("doesn't take a declared encoding for the type", () => {
    expect(read('page.html.gz')).toEqual({ ...nothing, type: 'text/html', encoding: 'gzip' });
    expect(readExtensions('a.gz', new Map())).toEqual({ ...nothing, type: 'application/gzip' });
  });

  it('gives the same for any order of different dimensions', () => {
    const parts = ['html', 'en', 'gz', 'utf8'];
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 4 }), (extensions) => {
        expect(read(['page', ...extensions].join('.'))).toEqual(read(['page', ...parts].join('.')));
      }),
    );
  });
});

describe('mergeMimeMaps', () => {
  it('goes by extension and by member', () => {
    const inner: MimeMap = new Map([
      ['en', { charset: 'ascii' }],
      ['gz', { encoding: 'x-gzip' }],
    ]);
    const merged = mergeMimeMaps(map, inner);
    expect(merged.get('en')).toEqual({ language: 'en', charset: 'ascii' });
    expect(merged.get('gz')).toEqual({ encoding: 'x-gzip' });
    expect(merged.get('fr')).toEqual({ language: 'fr' });
    expect(map.get('en')).toEqual({ language: 'en' });
  });
});
