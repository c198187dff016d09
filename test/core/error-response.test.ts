import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ConfigObject, OK, type RequestRecord } from '../../index.ts';
import { collectLog, testApp } from '../../testing/index.ts';

const documents = (errorDocument: unknown, others: ConfigObject = {}): ConfigObject => ({
  ...others,
  errorDocument: errorDocument as never,
  sections: [
    { location: '/missing', contentHandler: () => 404 },
    { location: '/forbidden', accessHandler: () => 403 },
    { location: '/secret', contentHandler: () => 401 },
    ...(others.sections ?? []),
  ],
});

describe('ErrorDocument', () => {
  it('may be text, sent as HTML with the status; expressions are filled in', async () => {
    const app = await testApp(documents([404, 'Nothing at %{REQUEST_URI}, <b>sorry</b>']));
    await request(app)
      .get('/missing')
      .expect(404, 'Nothing at /missing, <b>sorry</b>')
      .expect('Content-Type', 'text/html; charset=utf-8');
  });

  it('may be a URL, to which the client is sent', async () => {
    const app = await testApp(documents([404, 'https://example.com/gone']));
    await request(app).get('/missing').expect(302).expect('Location', 'https://example.com/gone');
  });

  it('may be default, which takes an outer one back', async () => {
    const app = await testApp(
      documents([404, 'mine'], {
        sections: [{ location: '/plain', errorDocument: [404, 'default'], contentHandler: () => 404 }],
      }),
    );
    await request(app).get('/missing').expect(404, 'mine');
    expect((await request(app).get('/plain').expect(404)).text).toContain('404 Not Found');
  });

  describe('that is a path of this server', () => {
    const seen: Record<string, unknown>[] = [];
    const page = (r: RequestRecord): string => {
      const env = Object.fromEntries(r.env);
      seen.push({ method: r.method, uri: r.uri, status: r.status, prev: r.prev?.uri, prevStatus: r.prev?.status, env });
      return 'the page';
    };
    const config = documents([404, '/errors/page?from=404'], {
      sections: [{ location: '/errors/page', contentHandler: page }],
    });

    it('is asked for with GET, keeps the status, and is told of the first request', async () => {
      await request(await testApp(config))
        .post('/missing?a=1')
        .send('x=1')
        .expect(404, 'the page');
      expect(seen.at(-1)).toMatchObject({
        method: 'GET',
        uri: '/errors/page',
        status: 404,
        prev: '/missing',
        prevStatus: 404,
      });
      expect(seen.at(-1)!['env']).toMatchObject({
        REDIRECT_STATUS: '404',
        REDIRECT_URL: '/missing',
        REDIRECT_QUERY_STRING: 'a=1',
        REDIRECT_REQUEST_METHOD: 'POST',
      });
    });

    it('has no body for HEAD', async () => {
      const response = await request(await testApp(config))
        .head('/missing')
        .expect(404);
      expect(response.text).toBeUndefined();
      expect(response.headers['content-length']).toBe('8');
    });

    it('is the plain page of a 500 where a plugin adds what no head may have', async () => {
      const app = await testApp({ header: 'always set X-Path "expr=%{REQUEST_URI}"', contentHandler: () => 'page' });
      const response = await request(app).get('/%01').expect(500);
      expect(response.text).toContain('500 Internal Server Error');
      expect(response.headers).not.toHaveProperty('x-path');
      await request(app).get('/good').expect(200, 'page').expect('X-Path', '/good');
    });

    it('keeps errHeadersOut and drops headersOut', async () => {
      const sections = [
        { location: '/page', contentHandler: () => 'page' },
        {
          location: '/deny',
          accessHandler: (r: RequestRecord) => (
            r.headersOut.set('X-Dropped', '1'),
            r.errHeadersOut.set('X-Kept', '1'),
            403 as const
          ),
        },
      ];
      const response = await request(await testApp({ errorDocument: [403, '/page'], sections }))
        .get('/deny')
        .expect(403, 'page');
      expect(response.headers).toHaveProperty('x-kept', '1');
      expect(response.headers).not.toHaveProperty('x-dropped');
    });

    it.each<[string, unknown]>([
      ['does not exist', 404],
      ['fails', 500],
      ['is forbidden', 403],
      ['redirects', 302],
    ])('that %s is not answered by another one: the first error counts', async (_, verdict) => {
      const sections = [
        {
          location: '/errors',
          contentHandler: (r: RequestRecord) => (r.headersOut.set('Location', '/x'), verdict as 404),
        },
      ];
      const response = await request(
        await testApp(
          documents(
            [
              [404, '/errors'],
              [500, '/errors'],
              [403, '/errors'],
            ],
            { sections },
          ),
        ),
      )
        .get('/missing')
        .expect(404);
      expect(response.text).toContain('404 Not Found');
      expect(response.text).toContain(`Its error document failed as well, with ${String(verdict)}`);
    });

    it('that is the failing page itself does not go round in circles', async () => {
      const log = collectLog();
      const app = await testApp(documents([404, '/missing'], { plugins: [log] }));
      await request(app).get('/missing').expect(404);
      expect(log.messages()).toEqual([]);
    });

    it('works for a request whose target is no good', async () => {
      const sections = [{ location: '/bad', contentHandler: () => 'bad indeed' }];
      const filter = {
        data: (chunk: Uint8Array, f: { passOn(chunk: string): void }) => f.passOn(String(chunk).toUpperCase()),
      };
      const app = await testApp({
        errorDocument: [400, '/bad'],
        outputFilter: ['UP', filter as never],
        setOutputFilter: 'UP',
        sections,
      });
      await request(app).get('/%zz').expect(400, 'BAD INDEED');
    });
  });
});

describe('the built-in error page', () => {
  it('never repeats the request', async () => {
    const response = await request(await testApp({}))
      .get('/<script>?<img>')
      .set('X-Name', '<b>')
      .expect(404);
    expect(response.text).not.toMatch(/script>|<img|<b>/);
  });

  it('links the Location of a redirect, escaped', async () => {
    const app = await testApp({ contentHandler: (r) => r.redirect('/a?b=1&c="2"', 301) });
    const response = await request(app).get('/').expect(301).expect('Location', '/a?b=1&c="2"');
    expect(response.text).toContain('href="/a?b=1&amp;c=&quot;2&quot;"');
  });

  it('has Allow with 405 where the handler said what is allowed', async () => {
    const app = await testApp({ contentHandler: (r) => ((r.allowed = ['GET', 'HEAD']), 405) });
    await request(app).delete('/').expect(405).expect('Allow', 'GET, HEAD');
  });

  it('passes none of the content filters', async () => {
    const app = await testApp({
      outputFilter: ['UP', { data: (chunk, f) => f.passOn(String(chunk).toUpperCase()) }],
      setOutputFilter: 'UP',
      contentHandler: () => 404,
    });
    expect((await request(app).get('/').expect(404)).text).toContain('There is no such resource');
  });

  it('passes the filters that insertErrorFilters adds', async () => {
    const stamp = {
      name: 'stamp',
      insertErrorFilters: {
        insert: (r: RequestRecord) =>
          void r.addOutputFilter({ data: (c, f) => f.passOn(c), end: (f) => f.passOn('STAMP') }),
      },
    };
    expect(
      (
        await request(await testApp({ plugins: [stamp] }))
          .get('/')
          .expect(404)
      ).text,
    ).toMatch(/STAMP$/);
  });
});

describe('answers without a body', () => {
  it.each([204, 304] as const)('%s has none, whatever was written', async (status) => {
    const app = await testApp({ contentHandler: (r) => ((r.status = status), 'text') });
    const response = await request(app).get('/').expect(status, '');
    expect(response.headers).not.toHaveProperty('content-length');
    expect(response.headers).not.toHaveProperty('content-type');
  });

  it('a 304 keeps its headers, but those of the body', async () => {
    const app = await testApp({
      contentHandler(r) {
        r.setEtag('"v1"');
        r.headersOut.set('Cache-Control', 'max-age=60');
        r.headersOut.set('Access-Control-Allow-Origin', '*');
        const condition = r.meetsConditions();
        return condition === OK ? 'text' : condition;
      },
    });
    await request(app).get('/').expect(200, 'text');
    const response = await request(app).get('/').set('If-None-Match', '"v1"').expect(304, '');
    expect(response.headers).toMatchObject({
      etag: '"v1"',
      'cache-control': 'max-age=60',
      'access-control-allow-origin': '*',
    });
    expect(response.headers).not.toHaveProperty('content-type');
  });

  it('HEAD has the length of the body that GET would have', async () => {
    const app = await testApp({ contentHandler: () => 'twelve bytes' });
    const response = await request(app).head('/').expect(200);
    expect(response.headers['content-length']).toBe('12');
    expect(response.text).toBeUndefined();
  });

  it('HEAD has none when the handler streams and flushes', async () => {
    const app = await testApp({
      contentHandler: async (r) => (await r.write('some'), await r.flush(), await r.write('more'), OK),
    });
    expect((await request(app).head('/').expect(200)).text).toBeUndefined();
  });
});

describe('the page under Debug On', () => {
  const boom = (): never => {
    throw new Error('<boom> & bust', { cause: new TypeError('below') });
  };
  const page = async (config: ConfigObject): Promise<string> =>
    (
      await request(await testApp({ plugins: [collectLog()], ...config }))
        .get('/x?q=<i>')
        .set('Cookie', 'sid=secret')
        .set('Authorization', 'Basic c2VjcmV0')
        .set('X-Odd', '<odd>')
        .expect(500)
    ).text;

  it('shows stack, source, causes, request, phases and sections, everything escaped', async () => {
    const html = await page({
      debug: true,
      sections: [{ location: '/x', fixupHandler: () => OK, contentHandler: boom }],
    });
    expect(html).toContain('Error: &lt;boom&gt; &amp; bust');
    expect(html).toContain('Caused by');
    expect(html).toContain('TypeError: below');
    expect(html).toMatch(/<mark>.*throw new Error/);
    expect(html).toContain('error-response.test.ts');
    expect(html).toContain('GET /x?q=');
    expect(html).toContain('&lt;odd&gt;');
    expect(html).toMatch(/<td>fixup<\/td>.*<td>OK<\/td>/);
    expect(html).toMatch(/<td>content<\/td>.*<td>500<\/td>/);
    expect(html).toContain('&lt;Location /x&gt;');
    expect(html).not.toMatch(/<boom>|<i>|<odd>|<script/);
  });

  it('hides credentials', async () => {
    const html = await page({ debug: true, contentHandler: boom });
    expect(html).not.toMatch(/sid=secret|c2VjcmV0/);
    expect(html.match(/\(hidden\)/g)).toHaveLength(2);
  });

  it('is shown instead of an ErrorDocument', async () => {
    expect(await page({ debug: true, errorDocument: [500, 'sorry'], contentHandler: boom })).toContain('boom');
  });

  it('shows a thrown string as it is', async () => {
    const contentHandler = (): never => {
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- what a careless handler does
      throw 'just <text>';
    };
    expect(await page({ debug: true, contentHandler })).toContain(
      '&#39;just &lt;text&gt;&#39; was thrown, which is not an Error',
    );
  });

  it('is only for the sections that say so', async () => {
    const config: ConfigObject = { sections: [{ location: '/debug', debug: true }], contentHandler: boom };
    const html = await page(config);
    expect(html).toContain('500 Internal Server Error');
    expect(html).not.toMatch(/boom|test\.ts/);
  });

  it('is not for statuses that handlers answer with', async () => {
    const app = await testApp({ debug: true, contentHandler: () => 500, plugins: [collectLog()] });
    expect((await request(app).get('/').expect(500)).text).not.toContain('Phases walked');
  });
});
