import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED } from '../../core/verdict.ts';
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
      .expect(404);
  });
});

describe('DirectoryIndex', () => {
  it('is index.html where nothing is said', async () => {
    const app = testApp({ documentRoot: site });
    await request(app).get('/').expect(200, 'home').expect('Content-Type', 'text/html');
    await request(app).get('/sub/?x').expect(200, 'sub home');
    await request(app).get('/none/').expect(404);
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
      .expect(404);
    await request(testApp({ documentRoot: site, directoryIndex: 'index.html disabled second.txt' }))
      .get('/sub/')
      .expect(200, 'second');
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
