import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { testApp } from '../../testing/index.ts';

async function get(config: ConfigObject, path = '/', cookie = ''): Promise<request.Response> {
  const sections = [
    { location: '/', contentHandler: (r: RequestRecord) => r.notes.get('cookie') ?? 'nobody' },
    { location: '/sub', contentHandler: askInside },
    { location: '/missing', contentHandler: () => 404 as const },
  ];
  const app = await testApp({
    errorLog: '/dev/null',
    cookieTracking: true,
    errorDocument: [404, '/'],
    ...config,
    sections,
  });
  return request(app).get(path).set('Cookie', cookie);
}

async function askInside(r: RequestRecord): Promise<string> {
  const sub = await r.lookupUri('/');
  return sub.r.notes.get('cookie') ?? 'nobody inside';
}

describe('CookieTracking', () => {
  it('gives a new visitor a cookie, whose value is the note cookie', async () => {
    const { headers, text } = await get({});
    expect(headers['set-cookie']).toEqual([`Apache=${text}; path=/`]);
    expect(text).toMatch(/^[0-9a-f]{16}\.[0-9a-f]{12,}$/);
    expect((await get({})).text).not.toBe(text);
  });

  it('knows a visitor who comes back', async () => {
    const { headers, text } = await get({ cookieName: 'visitor' }, '/', 'a=b; visitor=me');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(text).toBe('me');
  });

  it('counts one visitor for a request and its error document', async () => {
    const { headers, status, text } = await get({}, '/missing');
    expect(status).toBe(404);
    expect(headers['set-cookie']).toEqual([`Apache=${text}; path=/`]);
  });

  it('does nothing in subrequests, nor where it is off', async () => {
    expect((await get({}, '/sub')).text).toBe('nobody inside');
    expect((await get({ cookieTracking: false })).text).toBe('nobody');
  });

  it('writes a date into the cookie that is kept', async () => {
    const cookie = (await get({ cookieExpires: '1 week' })).headers['set-cookie']![0]!;
    const expires = Date.parse(/expires=([^;]+)/.exec(cookie)![1]!);
    expect(Math.abs(expires - Date.now() - 604_800_000)).toBeLessThan(60_000);
  });

  it('takes a number of seconds in a TypeScript config', async () => {
    const { headers } = await get({
      cookieExpires: 60,
      cookieStyle: 'Cookie',
      cookieSameSite: 'Lax',
      cookieSecure: true,
    });
    expect(headers['set-cookie']![0]).toMatch(/; path=\/; max-age=60; SameSite=Lax; Secure$/);
  });

  it.each([
    [{ cookieName: 'a;b' }, /can't be the name of a cookie/],
    [{ cookieDomain: 'example.org' }, /a dot at its begin/],
    [{ cookieStyle: 'Biscuit' as 'Cookie' }, /CookieStyle takes netscape, cookie/],
    [{ cookieSameSite: 'No' as 'None' }, /takes Strict, Lax, None/],
  ])('refuses %j', async (config, message) => {
    await expect(get(config)).rejects.toThrow(message);
  });
});
