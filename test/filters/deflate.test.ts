import { writeFileSync } from 'node:fs';
import { type IncomingMessage, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const text = 'a line of text that repeats itself again and again\n'.repeat(40);
const long = text.repeat(100);
const site = makeSite({
  'a.txt': text,
  'long.txt': long,
  'short.txt': 'short',
  'quiet/a.txt': text,
});
let opened: (value?: unknown) => void = () => undefined;
const firstSeen = new Promise((resolve) => (opened = resolve));
let noted: string | undefined;

const app = testApp({
  documentRoot: site,
  addOutputFilterByType: ['DEFLATE', 'text/plain'],
  deflateFilterNote: [
    ['Input', 'in'],
    ['Ratio', 'ratio'],
  ],
  logHandler: (r: RequestRecord) => {
    if (r.uri === '/a.txt') noted = `${r.notes.get('in')} ${r.notes.get('ratio')}`;
  },
  sections: [
    { location: '/quiet', compressionMinimumLength: 1_000_000 },
    {
      location: '/flushed',
      contentHandler: async (r: RequestRecord) => {
        r.contentType = 'text/plain';
        await r.write('first');
        await r.flush();
        await firstSeen;
        await r.write('second');
        return OK;
      },
    },
    {
      location: '/private',
      contentHandler: (r: RequestRecord) => (r.headersOut.set('Cache-Control', 'no-transform'), text),
    },
    { location: '/packed', contentHandler: (r: RequestRecord) => ((r.contentEncoding = 'x-own'), text) },
    {
      location: '/broken',
      contentHandler: async (r: RequestRecord) => {
        r.contentType = 'text/plain';
        await r.write(long);
        await r.flush();
        throw new Error('no more');
      },
    },
  ],
});
const ask = (path: string, accepted = 'gzip'): request.Test => request(app).get(path).set('Accept-Encoding', accepted);

describe('DEFLATE', () => {
  it('compresses a small file in one piece', async () => {
    const response = await ask('/a.txt').expect(200, text);
    expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(Number(response.headers['content-length'])).toBeLessThan(text.length / 10);
    expect(response.headers['etag']).toMatch(/-gzip"$/);
  });

  it('compresses a large file as a stream', async () => {
    const response = await ask('/long.txt').expect(200, long);
    expect(response.headers['content-encoding']).toBe('gzip');
  });

  it('leaves notes for the log', async () => {
    await ask('/a.txt');
    expect(noted).toMatch(/^2040 [1-9]$/);
  });

  it('lets a client decode everything in front of a FLUSH', async () => {
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const response = await new Promise<IncomingMessage>((resolve) =>
      get({ port, path: '/flushed', headers: { 'Accept-Encoding': 'gzip' } }, resolve),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      const soFar = gunzipSync(Buffer.concat(chunks), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
      if (soFar === 'first') opened();
    }
    server.close();
    expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe('firstsecond');
  });

  it.each(['/private', '/packed', '/short.txt', '/quiet/a.txt'])('leaves %s as it is', async (path) => {
    const response = await ask(path);
    expect(response.headers['content-encoding']).not.toBe('gzip');
    expect(response.headers).not.toHaveProperty('vary');
  });

  it('tells a client that its compressed copy is still good', async () => {
    const { headers } = await ask('/a.txt');
    const again = await ask('/a.txt').set('If-None-Match', `"other", ${headers['etag']}`).expect(304);
    expect(again.headers).toMatchObject({ etag: headers['etag'], vary: 'Accept-Encoding' });
  });

  it('sends the plain body to a client that has only the compressed one and takes it no more', async () => {
    const { headers } = await ask('/a.txt');
    await ask('/a.txt', 'identity').set('If-None-Match', headers['etag']!).expect(200, text);
  });

  it('answers ranges of the plain body', async () => {
    const response = await ask('/a.txt').set('Range', 'bytes=2-5').expect(206, 'line');
    expect(response.headers).not.toHaveProperty('content-encoding');
  });

  it('cuts the connection where the handler fails midway, and answers the next request', async () => {
    await expect(ask('/broken')).rejects.toThrow();
    await ask('/a.txt').expect(200, text);
  });
});

describe('the directives of compression', () => {
  it.each([
    ['DeflateCompressionLevel 10', 'DeflateCompressionLevel takes a number from 1 to 9, not "10"'],
    ['DeflateWindowSize 8', 'DeflateWindowSize takes a number from 9 to 15, not "8"'],
    ['DeflateAlterETag NoChang', 'did you mean "NoChange"?'],
    ['DeflateFilterNote Sum x', 'DeflateFilterNote knows Input, Output and Ratio, not "Sum"'],
    ['BrotliCompressionQuality high', 'BrotliCompressionQuality takes a number from 0 to 11, not "high"'],
    ['CompressionMinimumLength some', 'CompressionMinimumLength takes a number from 0 on, not "some"'],
    ['DeflateInflateLimitRequestBody -1', 'takes a number of bytes, or 0 for no limit, not "-1"'],
    ['DeflateCompressionLevel', 'DeflateCompressionLevel takes one argument'],
  ])('refuse %s', async (line, message) => {
    writeFileSync(`${site}/httpd.conf`, `DocumentRoot .\n${line}\n`);
    await expect(testApp(`${site}/httpd.conf`)).rejects.toThrow(message);
  });
});
