import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Form, readForm } from '../../../core/body/form.ts';
import type { FormOptions } from '../../../core/body/form-options.ts';
import { UploadedFile } from '../../../core/body/uploaded-file.ts';
import { cutAt, readerOf } from './chunked.ts';

const urlencoded = 'application/x-www-form-urlencoded';
const limits: FormOptions = { fieldLimit: 5, fieldSizeLimit: 10, memoryLimit: 100, registerCleanup: () => {} };

async function fieldsOf(text: string, options: FormOptions = limits): Promise<unknown[]> {
  return [...(await readForm(readerOf([text]), urlencoded, options))];
}

describe('a form', () => {
  const photo = new UploadedFile({ name: 'photo', filename: 'a.jpeg', type: 'image/jpeg', size: 1 }, Buffer.from('x'));
  const form = new Form([
    ['colour', 'red'],
    ['photo', photo],
    ['colour', 'blue'],
  ]);

  it('gives the first text of a name, or all', () => {
    expect([form.get('colour'), form.getAll('colour')]).toEqual(['red', ['red', 'blue']]);
  });

  it('keeps files and texts apart', () => {
    expect([form.get('photo'), form.file('colour')]).toEqual([undefined, undefined]);
    expect([form.file('photo'), form.files('photo'), form.files()]).toEqual([photo, [photo], [photo]]);
  });

  it('gives its entries in order, with duplicates, and its names without', () => {
    expect([...form]).toEqual([...form.entries()]);
    expect([...form].map(([name]) => name)).toEqual(['colour', 'photo', 'colour']);
    expect(form.names()).toEqual(['colour', 'photo']);
  });

  it('knows which names there are', () => {
    expect([form.has('colour'), form.has('photo'), form.has('size')]).toEqual([true, true, false]);
  });

  it('has none of the names that every object has', () => {
    expect([form.get('__proto__'), form.get('constructor'), form.has('toString')]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });
});

describe('an urlencoded form', () => {
  it.each([
    [
      'a=1&b=2&a=3',
      [
        ['a', '1'],
        ['b', '2'],
        ['a', '3'],
      ],
    ],
    [
      'a&b=&=c',
      [
        ['a', ''],
        ['b', ''],
        ['', 'c'],
      ],
    ],
    ['a=1=2', [['a', '1=2']]],
    ['a+b=c+%2B', [['a b', 'c +']]],
    ['a=%zz%4', [['a', '%zz%4']]],
    ['a=%E2%82%AC', [['a', '€']]],
    ['a=%FF', [['a', '\uFFFD']]],
    ['a=x%00y', [['a', 'x\0y']]],
    ['a=1;b=2', [['a', '1;b=2']]],
    [
      '?a=1&?b=2',
      [
        ['?a', '1'],
        ['?b', '2'],
      ],
    ],
    ['&a=1&&', [['a', '1']]],
    [
      '__proto__=1&toString=2',
      [
        ['__proto__', '1'],
        ['toString', '2'],
      ],
    ],
    ['', []],
  ])('reads %p by the WHATWG rules', async (text, expected) => {
    expect(await fieldsOf(text)).toEqual(expected);
  });

  it('is what a body without a type counts as', async () => {
    expect((await readForm(readerOf(['a=1']), undefined, limits)).get('a')).toBe('1');
  });

  it('is in UTF-8, whatever its type says', async () => {
    const form = await readForm(readerOf(['a=é']), `${urlencoded}; charset=iso-8859-1`, limits);
    expect(form.get('a')).toBe('é');
  });

  it('may have as many fields as the limit allows, and no more', async () => {
    expect(await fieldsOf('a&b&c&d&e')).toHaveLength(5);
    await expect(fieldsOf('a&b&c&d&e&f')).rejects.toMatchObject({ verdict: 413 });
    await expect(fieldsOf('&&&&&&')).rejects.toMatchObject({ verdict: 413 });
  });

  it('may have names and texts as long as the limit allows, counted when decoded, and no longer', async () => {
    const ten = '%61'.repeat(10);
    expect(await fieldsOf(`${ten}=${ten}`)).toEqual([['aaaaaaaaaa', 'aaaaaaaaaa']]);
    await expect(fieldsOf(`a=${ten}a`)).rejects.toMatchObject({ verdict: 413 });
    await expect(fieldsOf(`${ten}a=1`)).rejects.toMatchObject({ verdict: 413 });
  });

  it('is not read on once a field is too long', async () => {
    const reader = readerOf(Array.from({ length: 100 }, () => 'a'.repeat(10)));
    await expect(readForm(reader, urlencoded, limits)).rejects.toMatchObject({ verdict: 413 });
    expect(reader.bytesRead).toBeLessThan(100);
  });

  it('is the same for URLSearchParams, however its bytes are split', async () => {
    const pair = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
    const generous = { ...limits, fieldLimit: 100, fieldSizeLimit: 10_000 };
    await fc.assert(
      fc.asyncProperty(fc.array(pair), fc.array(fc.nat(), { maxLength: 9 }), async (pairs, cuts) => {
        const bytes = Buffer.from(new URLSearchParams(pairs).toString());
        const form = await readForm(readerOf(cutAt(bytes, cuts)), urlencoded, generous);
        expect([...form]).toEqual(pairs);
      }),
    );
  });
});

describe('the type of a form', () => {
  it.each(['application/json', 'multipart/mixed; boundary=x', 'text/plain', 'nonsense', ''])(
    'is a 415 when it is %p, before anything is read',
    async (type) => {
      const reader = readerOf(['a=1']);
      await expect(readForm(reader, type, limits)).rejects.toMatchObject({ verdict: 415 });
      expect(reader.started).toBe(false);
    },
  );

  it.each(['', '; boundary=', '; boundary=""', `; boundary=${'x'.repeat(71)}`, '; boundary="x "'])(
    'is a 400 for multipart with the boundary %p',
    async (parameter) => {
      const failure = readForm(readerOf(['--x--']), `multipart/form-data${parameter}`, limits);
      await expect(failure).rejects.toMatchObject({ verdict: 400 });
    },
  );
});
