import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { loadCharset } from '../../filters/charset-lite/charset.ts';
import { CharsetRun } from '../../filters/charset-lite/charset-run.ts';
import type { Filter } from '../../core/filter/filter.ts';
import { runFilter, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

async function translation(from: string, to: string): Promise<Filter> {
  const [source, target] = [await loadCharset(from), await loadCharset(to)];
  return {
    brigade(brigade, f) {
      f.remove();
      f.insertNext(new CharsetRun(source, target));
      return brigade;
    },
  };
}

async function translate(body: Uint8Array | string, from: string, to: string): Promise<Buffer> {
  return Buffer.concat(await runFilter(await translation(from, to), [body]));
}

describe('A translation between charsets', () => {
  it.each([
    ['utf-8', 'iso-8859-1', 'Grüße', 'latin1'],
    ['utf-8', 'utf-16le', 'Привет €😀', 'utf16le'],
  ] as const)('from %s to %s gives what Node gives, however the body comes', async (from, to, text, encoding) => {
    const translated = Buffer.from(text, encoding);
    await expect(translate(text, from, to)).resolves.toEqual(translated);
    await expect(translate(translated, to, from)).resolves.toEqual(Buffer.from(text));
  });

  it.each(['koi8-r', 'windows-1251', 'shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr', 'utf-16be'])(
    'to %s and back gives the same text, wherever its characters are cut',
    async (name) => {
      const text = /koi|1251/.test(name) ? 'Привет, мир?' : '漢字 text?';
      const known = name === 'euc-kr' ? '한국 text?' : text;
      const there = await translate(known, 'utf-8', name);
      expect(there).not.toEqual(Buffer.from(known));
      await expect(translate(there, name, 'utf-8')).resolves.toEqual(Buffer.from(known));
    },
  );

  it('keeps every text on its way to UTF-16 and back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 20 }), async (text) => {
        const there = await translate(text, 'utf-8', 'utf-16le');
        expect((await translate(there, 'utf-16le', 'utf-8')).toString()).toBe(text);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['is no UTF-8', Buffer.from([0x61, 0xff]), 'utf-8', 'iso-8859-1', 'the body is no UTF-8'],
    ['ends inside a character', Buffer.from([0x61, 0xc3]), 'utf-8', 'iso-8859-1', 'the body is no UTF-8'],
    ['has a letter that Latin-1 lacks', Buffer.from('€'), 'utf-8', 'iso-8859-1', 'iso-8859-1 doesn\'t have "€"'],
    ['has a letter that KOI8-R lacks', Buffer.from('? 漢'), 'utf-8', 'koi8-r', "koi8-r doesn't have a character"],
    ['is no Shift_JIS', Buffer.from([0x81, 0x00]), 'shift_jis', 'utf-8', 'stands for nothing in shift_jis'],
  ])('fails on a body that %s', async (_, body, from, to, message) => {
    await expect(translate(body, from, to)).rejects.toThrow(message);
  });
});

const folder = makeSite({ 'a.txt': Buffer.from('Grüße', 'latin1'), 'a.json': '"ü"', 'bad.txt': 'x' });

function app(lines: string): ReturnType<typeof testApp> {
  writeFileSync(`${folder}/httpd.conf`, `DocumentRoot .\n${lines}\n`);
  return testApp(`${folder}/httpd.conf`);
}

describe('CharsetSourceEnc and CharsetDefault', () => {
  it('translate text, and say what it is in now', async () => {
    const listener = await app('CharsetSourceEnc iso-8859-1\nCharsetDefault utf-8');
    const { headers } = await request(listener).get('/a.txt').expect(200, 'Grüße');
    expect(headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'content-length': '7' });
    expect(headers).not.toHaveProperty('etag');
    const { headers: ofJson } = await request(listener).get('/a.json').expect(200);
    expect(ofJson).toMatchObject({ 'content-type': 'application/json' });
    expect(ofJson).toHaveProperty('etag');
  });

  it('translate request bodies the other way, and answer 400 to those that cannot be', async () => {
    const listener = await app(
      'CharsetSourceEnc iso-8859-1\nCharsetDefault utf-8\nCharsetOptions NoImplicitAdd\nSetInputFilter XLATEIN\nSetHandler reflector',
    );
    const { body } = await request(listener)
      .post('/')
      .type('text/x')
      .send('Grüße')
      .buffer(true)
      .expect(200)
      .parse(bytesOf);
    expect(body).toEqual(Buffer.from('Grüße', 'latin1'));
    await request(listener).post('/').type('text/x').send('€').expect(400);
  });

  it.each([
    ['CharsetSourceEnc nonsense-77', 'httpd.conf:2: there is no charset "nonsense-77"'],
    ['CharsetOptions Sometimes', 'CharsetOptions doesn\'t know "Sometimes"'],
  ])('refuse %s', async (line, message) => {
    await expect(app(line)).rejects.toThrow(message);
  });
});

function bytesOf(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
}
