import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { compileTarget, escapeTarget, withQuery } from '../../phases/alias/redirect-target.ts';
import { makeSite } from '../make-site.ts';
import { get, rawRequest } from '../raw-request.ts';

const site = makeSite({ 'a.txt': 'a', 'dir/b.txt': 'b' });

describe('Redirect', () => {
  const app = testApp({
    documentRoot: site,
    redirect: [
      ['permanent', '/old', 'https://example.org/new'],
      ['/here', '/there'],
      ['gone', '/lost'],
      [418, '/tea'],
    ],
    redirectMatch: ['^/user/(\\w+)$', '/people?name=$1'],
  });

  it.each([
    ['/old', 301, 'https://example.org/new'],
    ['/old/a%20b?x=1', 301, 'https://example.org/new/a%20b?x=1'],
    ['/here/x', 302, '/there/x'],
    ['/user/ann', 302, '/people?name=ann'],
  ])('answers %s with %i to %s', async (url, status, location) => {
    await request(app).get(url).expect(status).expect('Location', location);
  });

  it.each([
    ['/lost/x', 410],
    ['/tea', 418],
    ['/older', 404],
  ])('answers %s with %i, which has no Location', async (url, status) => {
    const { headers } = await request(app).get(url).expect(status);
    expect(headers['location']).toBeUndefined();
  });

  it('never says the name of another host, whatever the Host header says', async () => {
    const answer = await rawRequest(app, 'GET /here/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/\r\nLocation: \/there\/x\r\n/);
  });

  it('never begins with two slashes', async () => {
    const open = testApp({ redirectMatch: ['^/go(.*)$', '/$1'], mergeSlashes: false });
    expect(await rawRequest(open, get('/go/evil.example'))).toMatch(/\r\nLocation: \/evil\.example\r\n/);
  });

  it("never makes what follows a slash part of the host's name", async () => {
    const whole = testApp({ redirect: ['/', 'https://example.org'] });
    await request(whole).get('/.evil.example').expect('Location', 'https://example.org/.evil.example');
  });

  it('has nothing to do with OPTIONS *', async () => {
    const all = testApp({ redirectMatch: ['.*', 'https://example.org/'] });
    const answer = await rawRequest(all, 'OPTIONS * HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n');
    expect(answer).not.toMatch(/Location/);
  });

  it('takes regular expressions of TypeScript, too', async () => {
    const typed = testApp({
      redirectMatch: [
        [/^\/x(.*)$/i, '/y$1'],
        [308, /^\/z(.*)$/, 'https://example.org$1'],
      ],
    });
    await request(typed).get('/X/a').expect(302).expect('Location', '/y/a');
    await request(typed).get('/z/a').expect(308).expect('Location', 'https://example.org/a');
  });

  it('says a whole URL under RedirectRelative Off', async () => {
    const whole = testApp({ redirect: ['/a', '/b'], redirectRelative: false });
    await request(whole).get('/a').set('Host', 'x.test:81').expect('Location', 'http://x.test:81/b');
  });

  it("says the server's own name under UseCanonicalName", async () => {
    const own = testApp({ serverName: 'www.example.org:8080', useCanonicalName: true, redirect: ['/a', '/b'] });
    await request(own).get('/a').set('Host', 'x.test:81').expect('Location', 'http://www.example.org:8080/b');
  });

  it('in a section evaluates an expression, also where that takes a subrequest', async () => {
    const asking = testApp({
      documentRoot: site,
      sections: [
        { location: '/found', redirect: '/%{QUERY_STRING}', sections: [{ if: '-U "/a.txt"', redirect: '/yes' }] },
      ],
    });
    await request(asking).get('/found').expect(302).expect('Location', '/yes');
  });

  it.each([
    [['/a'], 'with the status 302 takes a path and a target, but is given "/a"'],
    [['gone', '/a', '/b'], 'with the status 410 takes a path and no target'],
    [['never', '/a', '/b'], 'the status is permanent, temp, seeother, gone or a number, not "never"'],
    [['299', '/a', '/b'], '299 is no status to answer with'],
    [['304', '/a', '/b'], '304 is no status to answer with'],
    [['a', '/b'], 'takes a URL path that begins with a slash, not "a"'],
    [['/a', '//evil.example'], 'to a path of this server that begins with one slash, not to "//evil.example"'],
    [['/a', 'b'], 'leads to a URL'],
  ])('refuses %j', async (words, message) => {
    await expect(testApp({ redirect: words as [string, string] })).rejects.toThrow(message);
  });
});

describe('the target of a redirect', () => {
  it('has no line break, blank or delimiter that came out of the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const location = compileTarget('http://h.test/$1/x')(['', text]);
        expect(location).toMatch(/^http:\/\/h\.test\/[!$&'()*+,./0-9:;=@A-Z_a-z~%-]*\/x$/);
        expect(decodeURIComponent(location.slice('http://h.test/'.length, -2))).toBe(text);
      }),
    );
  });

  it('keeps origin, query and fragment apart', () => {
    expect(escapeTarget('http://[::1]:8080/a b%?c d%20#e')).toBe('http://[::1]:8080/a%20b%25?c%20d%20#e');
  });

  it.each([
    ['/a', undefined, '/a'],
    ['/a', 'x', '/a?x'],
    ['/a?y', 'x', '/a?y'],
    ['/a#f', 'x', '/a?x#f'],
  ])('%s with the query %s is %s', (target, args, expected) => {
    expect(withQuery(target, args)).toBe(expected);
  });
});
