import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { wholeText } from '../../filters/whole-text.ts';
import type { RequestRecord } from '../../index.ts';
import { OK, type Verdict, definePlugin } from '../../index.ts';
import { collectLog, makeSite, runFilter, testApp } from '../../testing/index.ts';

const shout = wholeText((text) => text.toUpperCase());
const wrong = wholeText((() => 42) as never);
const filters = definePlugin({ name: 'filters', outputFilters: { SHOUT: shout, WRONG: wrong } });

async function filtered(filter: typeof shout, chunks: readonly (string | Uint8Array)[]): Promise<Buffer> {
  return Buffer.concat(await runFilter(filter, [...chunks]));
}

describe('wholeText', () => {
  it('gives the function the whole text, wherever it was cut', async () => {
    await fc.assert(
      // runFilter cuts the body in many ways.
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const seen = new Set<string>();
        const filter = wholeText((whole) => (seen.add(whole), `<${whole}>`));
        expect((await filtered(filter, [text])).toString()).toBe(`<${text}>`);
        expect([...seen]).toEqual([text]);
      }),
    );
  });

  it.each([
    ['one text', ['grüße']],
    ['several texts', ['grü', 'ße']],
    ['bytes', [Buffer.from('grüße')]],
    ['nothing', []],
  ])('takes %s', async (_, chunks) => {
    expect((await filtered(shout, chunks)).toString()).toBe(chunks.join('').toUpperCase());
  });

  it('waits for a promise', async () => {
    const filter = wholeText(async (text, f) => `${text} by ${await Promise.resolve(f.name)}`);
    for (const chunks of [['text'], [Buffer.from('text')]]) {
      expect((await filtered(filter, chunks)).toString()).toMatch(/^text by ./);
    }
  });

  it('leaves the bytes of another charset alone', async () => {
    const app = await testApp({
      plugins: [filters],
      setOutputFilter: 'SHOUT',
      contentHandler(r) {
        r.charset = 'windows-1252';
        return Buffer.from([0x61, 0x80, 0x62]);
      },
    });
    const { body } = await request(app).get('/').expect(200);
    expect(body).toEqual(Buffer.from([0x41, 0x80, 0x42]));
  });

  it('reads files, and has the head corrected', async () => {
    const site = makeSite({ 'page.txt': 'a page' });
    const app = await testApp({
      plugins: [filters],
      setOutputFilter: 'SHOUT',
      async contentHandler(r) {
        r.contentType = 'text/plain';
        r.setEtag('"a"');
        await r.sendFile(site.path('page.txt'));
        return OK;
      },
    });
    const response = await request(app).get('/').expect(200, 'A PAGE');
    expect(response.headers).toMatchObject({ 'content-length': '6' });
    expect(response.headers).not.toHaveProperty('etag');
    writeFileSync(site.path('page.txt'), '');
    await request(app).get('/').expect(200, '');
  });

  it('keeps no more than FilterBufferLimit allows, and takes nothing but text', async () => {
    const log = collectLog();
    const app = await testApp({
      filterBufferLimit: 100_000,
      sections: [
        { location: '/long', setOutputFilter: 'SHOUT', contentHandler: writeMuch },
        { location: '/wrong', setOutputFilter: 'WRONG', contentHandler: () => 'text' },
      ],
      plugins: [filters, log],
    });
    await request(app).get('/long').expect(500);
    await request(app).get('/wrong').expect(500);
    expect(log.messages()).toEqual([
      expect.stringMatching(/the output filter SHOUT set aside \d+ bytes, but FilterBufferLimit allows 100000/),
      expect.stringMatching(
        /the output filter WRONG: .*the function given to wholeText gave number; it must give text/,
      ),
    ]);
  });
});

async function writeMuch(r: RequestRecord): Promise<Verdict> {
  for (let pieces = 0; pieces < 20; pieces++) await r.write('x'.repeat(10_000));
  return OK;
}
