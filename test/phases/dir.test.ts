import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { definePlugin } from '../../core/plugin.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';
import { get, rawRequest } from '../raw-request.ts';

const site = makeSite({
  'index.html': 'home',
  'sub/index.html': 'sub home',
  'sub/second.txt': 'second',
  'none/other.txt': 'other',
  'inner/deep/index.html': 'deep',
  'odd 100%?#x/index.html': 'odd',
  'odd/%2e%2e/index.html': 'dots',
  'nameless.conf': 'DirectoryIndex\n',
  'later.conf': 'DocumentRoot .\nDirectoryIndex index.html\nDirectoryIndex disabled\nDirectoryIndex second.txt\n',
});

describe('a folder without its slash', () => {
  const app = testApp({ documentRoot: site });

  it.each([
    ['/sub', '/sub/'],
    ['/sub?a=1&b=%2F', '/sub/?a=1&b=%2F'],
    ['//sub', '/sub/'],
    ['/none', '/none/'],
    ['/odd%20100%25%3F%23x', '/odd%20100%25%3F%23x/'],
    ['//evil.example/%2e%2e/sub', '/sub/'],
  ])('%s is redirected to %s', async (path, location) => {
    const answer = await rawRequest(app, get(path));
    expect(answer).toMatch(/^HTTP\/1.1 301 /);
    expect(/\r\nLocation: (.*)\r\n/.exec(answer)?.[1]).toBe(location);
  });

  it("never becomes another host's address, whatever a handler made of the URI", async () => {
    const evil = testApp({
      documentRoot: site,
      fixupHandler: (r: RequestRecord) => ((r.uri = '//evil.example/\\x'), DECLINED),
    });
    await request(evil).get('/sub').expect(301).expect('Location', '/evil.example/%5Cx/');
  });

  it('is nothing under DirectorySlash Off', async () => {
    await request(testApp({ documentRoot: site, directorySlash: false }))
      .get('/sub')
      .expect(403);
  });

  it('is not there under DirectorySlash NotFound', async () => {
    const hidden = testApp({ documentRoot: site, directorySlash: 'NotFound' });
    await request(hidden).get('/sub').expect(404);
    await request(hidden).get('/sub/').expect(200, 'sub home');
  });
});

describe('DirectoryIndex', () => {
  it('is index.html where nothing is said', async () => {
    const app = testApp({ documentRoot: site });
    await request(app).get('/').expect(200, 'home').expect('Content-Type', 'text/html');
    await request(app).get('/sub/?x').expect(200, 'sub home');
    await request(app).get('/none/').expect(403);
  });

  it('finds its file in folders whose names need escaping, and decodes them only once', async () => {
    const app = testApp({ documentRoot: site });
    await request(app).get('/odd%20100%25%3F%23x/').expect(200, 'odd');
    await request(app).get('/odd/%252e%252e/').expect(200, 'dots');
  });

  it('takes the first name that is a file', async () => {
    const app = testApp({ documentRoot: site, directoryIndex: 'missing.html second.txt index.html' });
    await request(app).get('/sub/').expect(200, 'second').expect('Content-Type', 'text/plain');
    await request(app).get('/').expect(200, 'home');
  });

  it('may name a file elsewhere on the server', async () => {
    await request(testApp({ documentRoot: site, directoryIndex: ['none.html', '/sub/second.txt'] }))
      .get('/none/')
      .expect(200, 'second');
  });

  it('can be switched off, and begins anew after that', async () => {
    await request(testApp({ documentRoot: site, directoryIndex: 'disabled' }))
      .get('/sub/')
      .expect(403);
    const later = testApp(`${site}/later.conf`);
    await request(later).get('/sub/').expect(200, 'second');
    await request(later).get('/').expect(403);
  });

  it('in a folder replaces that of the server', async () => {
    const app = testApp({
      documentRoot: site,
      sections: [{ directory: `${site}/sub`, directoryIndex: 'second.txt' }],
    });
    await request(app).get('/sub/').expect(200, 'second');
    await request(app).get('/').expect(200, 'home');
  });

  it('passes a folder among the names on as a redirect', async () => {
    await request(testApp({ documentRoot: site, directoryIndex: 'deep index.html' }))
      .get('/inner/')
      .expect(301)
      .expect('Location', '/inner/deep/');
  });

  it('meets the sections, headers and filters of the file it finds', async () => {
    const app = testApp({
      documentRoot: site,
      outputFilter: ['SHOUT', { data: (chunk, f) => f.passOn(Buffer.from(chunk).toString().toUpperCase()) }],
      sections: [
        {
          files: 'second.txt',
          setOutputFilter: 'SHOUT',
          fixupHandler: (r: RequestRecord) => (r.headersOut.set('X-Seen', r.uri), DECLINED),
        },
        { directory: `${site}/sub`, directoryIndex: 'second.txt' },
      ],
    });
    await request(app).get('/sub/').expect(200, 'SECOND').expect('X-Seen', '/sub/second.txt');
  });

  it('remembers why a name was refused, so that nothing weaker is shown instead', async () => {
    const refuse = { location: '/sub/index.html', accessHandler: () => 403 as const };
    const app = testApp({ documentRoot: site, directoryIndex: 'index.html missing.txt', sections: [refuse] });
    await request(app).get('/sub/').expect(403);
    const other = testApp({ documentRoot: site, directoryIndex: 'index.html second.txt', sections: [refuse] });
    await request(other).get('/sub/').expect(200, 'second');
  });

  it('steps aside where the config says who makes the content', async () => {
    const app = testApp({
      documentRoot: site,
      sections: [{ location: '/sub', contentHandler: (r: RequestRecord) => `made for ${r.uri}` }],
    });
    await request(app).get('/sub').expect(200, 'made for /sub').expect('Content-Type', 'text/plain; charset=utf-8');
    await request(app).get('/sub/').expect(200, 'made for /sub/');
  });
});

describe('DirectoryIndexRedirect', () => {
  it.each([
    [true, 302],
    ['permanent', 301],
    ['seeother', 303],
    [307, 307],
  ])('%s sends clients to the index with %i, and with their query', async (directoryIndexRedirect, status) => {
    const app = testApp({ documentRoot: site, directoryIndexRedirect });
    await request(app)
      .get('/odd%20100%25%3F%23x/?a=1')
      .expect(status)
      .expect('Location', '/odd%20100%25%3F%23x/index.html?a=1');
  });

  it('Off shows it', async () => {
    await request(testApp({ documentRoot: site, directoryIndexRedirect: false }))
      .get('/sub/')
      .expect(200, 'sub home');
  });

  it.each(['200', 'gone', '304', 'x'])('%s is an error', async (answer) => {
    await expect(testApp({ directoryIndexRedirect: answer })).rejects.toThrow(`a redirect's status, not "${answer}"`);
  });
});

describe('FallbackResource', () => {
  const app = testApp({
    documentRoot: site,
    fallbackResource: '/index.html',
    sections: [
      { location: '/off', fallbackResource: 'disabled' },
      { location: '/gone', fallbackResource: '/nowhere' },
      { location: '/loop', fallbackResource: '/loop/loop' },
      { location: '/moved', fallbackResource: '/sub' },
      { location: '/made', contentHandler: () => 'made' },
      { location: '/later', accessHandler: () => Promise.resolve(OK) },
    ],
  });

  it.each([
    ['/nothing', 200, 'home'],
    ['/nothing/at/all?x', 200, 'home'],
    ['/later/none', 200, 'home'],
    ['/sub/second.txt', 200, 'second'],
    ['/made/x', 200, 'made'],
  ])('answers %s with %i', async (url, status, body) => {
    await request(app).get(url).expect(status, body);
  });

  it.each([
    ['/off/x', 404],
    ['/gone/x', 200],
    ['/loop/x', 500],
    ['/sub/second.txt/behind', 404],
  ])('answers %s with %i too', async (url, status) => {
    await request(app).get(url).expect(status);
  });

  it('passes a redirect on', async () => {
    await request(app).get('/moved/x').expect(301).expect('Location', '/sub/');
  });
});

describe('DirectoryCheckHandler', () => {
  it('leaves folders with a handler to it', async () => {
    const plugin = definePlugin({ name: 'says', handlers: { says: (r) => `says ${r.uri}` } });
    const config = { documentRoot: site, plugins: [plugin], setHandler: 'says' };
    await request(testApp(config)).get('/sub/').expect(200, 'says /sub/index.html');
    await request(testApp({ ...config, directoryCheckHandler: true }))
      .get('/sub/')
      .expect(200, 'says /sub/');
  });
});

it('refuses DirectorySlash with another word, and DirectoryIndex without one', async () => {
  const directorySlash = 'Maybe' as 'On';
  await expect(testApp({ directorySlash })).rejects.toThrow('is On, Off or NotFound, not "Maybe"');
  await expect(testApp(`${site}/nameless.conf`)).rejects.toThrow('nameless.conf:1: DirectoryIndex needs at least one');
});
