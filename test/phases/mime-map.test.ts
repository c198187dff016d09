import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type FileMetadata,
  type MimeMap,
  combineMimeMaps,
  extensionsOf,
  mergeMimeMaps,
  readExtensions,
} from '../../phases/mime-map.ts';

const map: MimeMap = new Map([
  ['en', { language: 'en' }],
  ['fr', { language: 'fr' }],
  ['gz', { encoding: 'gzip' }],
  ['br', { encoding: 'br' }],
  ['utf8', { charset: 'utf-8' }],
  ['latin', { charset: 'iso-8859-1' }],
  ['shtml', { type: 'text/html', handler: 'server-parsed' }],
]);

const read = (name: string, types: MimeMap = map): Omit<FileMetadata, 'isKnown' | 'unknown'> => {
  const { isKnown: _, unknown: __, ...known } = readExtensions(name, types);
  return known;
};
const unknownOf = (name: string): readonly string[] => readExtensions(name, map).unknown;
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
    expect(read('a.gz', new Map())).toEqual({ ...nothing, type: 'application/gzip' });
  });

  it('tells the base name and the extensions that mean nothing', () => {
    expect(unknownOf('/a.b/page.html.Foo..en.bar')).toEqual(['page', 'Foo', 'bar']);
    expect(unknownOf('.page.html')).toEqual(['.page']);
    expect(readExtensions('page.x', new Map([['x', { handler: 'h' }]]), new Map(), () => true).unknown).toEqual([
      'page',
    ]);
  });

  it('knows the types of the table it is given', () => {
    const types = new Map([['html', 'text/x-other']]);
    expect(readExtensions('page.html', new Map(), types).type).toBe('text/x-other');
    expect(readExtensions('page.txt', new Map(), types).type).toBeUndefined();
    expect(readExtensions('page.html', new Map([['html', { type: null }]]), types).type).toBeUndefined();
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

describe('combineMimeMaps', () => {
  it('lets a removal win, wherever it stands', () => {
    const added: MimeMap = new Map([['en', { language: 'en', charset: 'ascii' }]]);
    const removed: MimeMap = new Map([['en', { language: null }]]);
    expect(combineMimeMaps(added, removed).get('en')).toEqual({ language: null, charset: 'ascii' });
    expect(combineMimeMaps(removed, added).get('en')).toEqual({ language: null, charset: 'ascii' });
    expect(mergeMimeMaps(removed, added).get('en')).toEqual({ language: 'en', charset: 'ascii' });
  });
});
