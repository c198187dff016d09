import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../../core/request-record.ts';
import { fakeRequest, testHandler } from '../../../testing/index.ts';

const page = { type: 'text/html', charset: 'utf-8', body: '<p>hello' };
const data = { type: 'application/json', qs: 0.9, body: '{}' };

describe('r.negotiate with offers', () => {
  const app = testHandler((r: RequestRecord) => r.negotiate([page, data]).body);

  it('gives the best offer, and says its type and what it varies by', async () => {
    const html = await request(app).get('/').expect(200, '<p>hello');
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html.headers['vary']).toBe('accept, accept-charset');
    await request(app)
      .get('/')
      .set('Accept', 'application/json')
      .expect('Content-Type', 'application/json')
      .expect('{}');
  });

  it('answers 406 with a list where none is acceptable', async () => {
    const response = await request(app).get('/').set('Accept', 'image/png').expect(406);
    expect(response.text).toContain('<li>type text/html, charset utf-8</li>');
    expect(response.headers['vary']).toBe('accept, accept-charset');
    expect(response.headers['alternates']).toBeUndefined();
  });

  it('links the offers that have URLs of their own', async () => {
    const named = testHandler(
      (r: RequestRecord) => r.negotiate([{ name: 'a b.html', type: 'text/html', language: 'en' }]).name,
    );
    await request(named).get('/').expect('Content-Location', 'a%20b.html').expect('Content-Language', 'en');
    const refused = await request(named).get('/').set('Accept-Language', 'de').expect(406);
    expect(refused.headers['alternates']).toBe('{"a%20b.html" 1 {type text/html} {language en}}');
    expect(refused.text).toContain('<a href="a%20b.html">a b.html</a>');
  });

  it('needs at least one offer', () => {
    expect(() => fakeRequest().negotiate([])).toThrow('negotiate needs at least one offer');
  });

  it('takes headers of 15 kB', () => {
    const header = Array.from({ length: 3_000 }, (_, index) => `a/${index}`).join(',');
    const r = fakeRequest({ headers: { Accept: `text/html, ${header}` } });
    expect(r.negotiate([data, page])).toBe(page);
  });

  it("heeds Apache's special variables", () => {
    const offers = [{ encoding: 'gzip' }, { encoding: 'identity' }];
    const headers = { 'Accept-Encoding': 'gzip' };
    expect(fakeRequest({ headers }).negotiate(offers)).toBe(offers[0]);
    expect(fakeRequest({ headers, env: { 'no-gzip': '1' } }).negotiate(offers)).toBe(offers[1]);
  });
});

describe('r.negotiate with lists', () => {
  it('chooses from each list', () => {
    const r = fakeRequest({ headers: { 'Accept-Language': 'de, en;q=0.5', 'Accept-Encoding': 'br' } });
    const chosen = r.negotiate({ languages: ['en', 'de'], encodings: ['identity', 'br'] });
    expect(chosen).toEqual({ language: 'de', encoding: 'br' });
    expect([r.contentLanguages, r.contentEncoding, r.contentType]).toEqual([['de'], 'br', undefined]);
    expect(r.errHeadersOut.get('Vary')).toBe('accept-language, accept-encoding');
  });

  it('prefers what stands first where the client says nothing', () => {
    const chosen = fakeRequest().negotiate({ types: ['text/html', 'text/plain'], languages: ['en', 'de'] });
    expect(chosen).toEqual({ type: 'text/html', language: 'en' });
  });

  it('refuses an empty list', () => {
    expect(() => fakeRequest().negotiate({ types: [] })).toThrow('at least one offer');
  });
});
