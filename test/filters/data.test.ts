import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { data } from '../../filters/data.ts';
import { runFilter, testApp } from '../../testing/index.ts';

async function urlOf(body: Uint8Array | string, contentType?: string): Promise<string> {
  const options = contentType === undefined ? {} : { request: { contentType } };
  return Buffer.concat(await runFilter(data.outputFilters!['DATA']!, [body], options)).toString();
}

describe('DATA', () => {
  it.each([
    ['hello', 'text/plain', 'data:text/plain;base64,aGVsbG8='],
    ['', 'image/png', 'data:image/png;base64,'],
    ['x', undefined, 'data:;base64,eA=='],
  ])('makes of %j of type %s %s, however it comes', async (body, type, url) => {
    await expect(urlOf(body, type)).resolves.toBe(url);
  });

  it('makes URLs that fetch can read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const response = await fetch(await urlOf(bytes, 'image/png'));
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
        expect(response.headers.get('Content-Type')).toBe('image/png');
      }),
      { numRuns: 15 },
    );
  });

  it('says what the body has become', async () => {
    const app = await testApp({
      setOutputFilter: 'DATA',
      contentHandler: (r) => (
        (r.contentType = 'text/html'),
        (r.charset = 'utf-8'),
        r.headersOut.set('ETag', '"x"'),
        'ü'
      ),
    });
    const { headers, text } = await request(app).get('/').expect(200);
    expect(text).toBe('data:text/html;charset=utf-8;base64,w7w=');
    expect(headers).toMatchObject({ 'content-type': 'text/plain', 'content-length': '40' });
    expect(headers).not.toHaveProperty('etag');
  });
});
