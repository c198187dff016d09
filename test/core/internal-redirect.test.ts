import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ConfigObject, DECLINED, OK, type RequestRecord } from '../../index.ts';
import { collectLog, testApp } from '../../testing/index.ts';

const redirectTo =
  (uri: string) =>
  async (r: RequestRecord): Promise<typeof OK> => (await r.internalRedirect(uri), OK);

describe('an internal redirect', () => {
  it('runs the phases for the other URI, same method and headers, and links the records', async () => {
    let seen: unknown;
    const app = await testApp({
      sections: [
        { location: '/a', contentHandler: redirectTo('/b?x=1') },
        {
          location: '/b',
          contentHandler(r) {
            seen = {
              method: r.method,
              args: r.args,
              prev: r.prev?.uri,
              next: r.prev?.next === r,
              isInitial: r.isInitial,
              mark: r.headersIn.get('X-Mark'),
            };
            return 'b';
          },
        },
      ],
    });
    await request(app).put('/a').set('X-Mark', 'm').expect(200, 'b');
    expect(seen).toEqual({ method: 'PUT', args: 'x=1', prev: '/a', next: true, isInitial: false, mark: 'm' });
  });

  it('keeps errHeadersOut and the environment with REDIRECT_ in front; everything else is new', async () => {
    let env: unknown;
    const app = await testApp({
      sections: [
        {
          location: '/a',
          async contentHandler(r) {
            r.errHeadersOut.append('Set-Cookie', 'a=1');
            r.headersOut.set('X-Dropped', '1');
            r.notes.set('note', '1');
            r.env.set('COLOUR', 'blue');
            await r.write('lost');
            await r.internalRedirect('/b');
            return OK;
          },
        },
        {
          location: '/b',
          contentHandler: (r) => ((env = Object.fromEntries(r.env)), r.notes.has('note') ? 'leaked' : 'b'),
        },
      ],
    });
    const response = await request(app).get('/a?q=1').expect(200, 'b');
    expect(response.headers['set-cookie']).toEqual(['a=1']);
    expect(response.headers).not.toHaveProperty('x-dropped');
    expect(env).toEqual({
      REDIRECT_COLOUR: 'blue',
      REDIRECT_STATUS: '200',
      REDIRECT_URL: '/a',
      REDIRECT_QUERY_STRING: 'q=1',
    });
  });

  it('makes writes of the first record too late', async () => {
    const log = collectLog();
    const app = await testApp({
      plugins: [log],
      sections: [
        { location: '/a', contentHandler: async (r) => (await r.internalRedirect('/b'), r.write('more'), OK) },
      ],
      contentHandler: () => 'b',
    });
    await request(app).get('/a').expect(200, 'b');
    expect(log.messages()[0]).toContain('write came too late: the request was redirected internally');
  });

  it('works without being awaited', async () => {
    const app = await testApp({
      sections: [{ location: '/a', contentHandler: (r) => (void r.internalRedirect('/b'), OK) }],
      contentHandler: () => new Promise((resolve) => setImmediate(() => resolve('later'))),
    });
    await request(app).get('/a').expect(200, 'later');
  });

  it('passes the filters of the new URI only', async () => {
    const shout = {
      data: (chunk: Uint8Array, f: { passOn(chunk: string): void }) => f.passOn(String(chunk).toUpperCase()),
    };
    const quote = { data: (chunk: Uint8Array, f: { passOn(chunk: string): void }) => f.passOn(`"${String(chunk)}"`) };
    const app = await testApp({
      outputFilter: [
        ['SHOUT', shout as never],
        ['QUOTE', quote as never],
      ],
      sections: [
        { location: '/a', setOutputFilter: 'SHOUT', contentHandler: redirectTo('/b') },
        { location: '/b', setOutputFilter: 'QUOTE', contentHandler: () => 'b' },
      ],
    });
    await request(app).get('/a').expect('"b"');
  });

  it('asks access again where another config is in force, and never again where it is the same', async () => {
    const asked: string[] = [];
    const config: ConfigObject = {
      authenticateHandler: (r) => (asked.push(r.uri), (r.user = 'ann'), OK),
      contentHandler: async (r) => (r.uri === '/a' ? (await r.internalRedirect('/b'), OK) : `${r.user}`),
    };
    await request(await testApp(config))
      .get('/a')
      .expect('ann');
    expect(asked).toEqual(['/a']);
    asked.length = 0;
    await request(await testApp({ ...config, sections: [{ location: '/b', accessHandler: () => 403 }] }))
      .get('/a')
      .expect(403);
    expect(asked).toEqual(['/a']);
  });

  it('happens at most ten times: then a 500 and one log line', async () => {
    const log = collectLog();
    let runs = 0;
    const app = await testApp({ plugins: [log], contentHandler: (r) => (runs++, redirectTo('/again')(r)) });
    await request(app).get('/').expect(500);
    expect(runs).toBe(11);
    expect(log.messages()).toEqual(['more than 10 internal redirects, the last one to /again']);
  });

  it('may come from an early phase, followed by DONE', async () => {
    const app = await testApp({
      fixupHandler: async (r) => (r.uri === '/a' ? (await r.internalRedirect('/b'), -2) : DECLINED),
      contentHandler: (r) => r.uri,
    });
    await request(app).get('/a').expect('/b');
  });
});

describe('a subrequest', () => {
  it('says what a request for the URI would meet', async () => {
    let seen: unknown;
    const app = await testApp({
      typeHandler: (r) => ((r.contentType = 'text/x-test'), OK),
      sections: [
        { location: '/no', accessHandler: () => 403 },
        {
          location: '/ask',
          async contentHandler(r) {
            const [yes, no, relative, bad] = [
              await r.lookupUri('/yes?a=1'),
              await r.lookupUri('/no'),
              await r.lookupUri('beside'),
              await r.lookupUri('/%zz'),
            ];
            seen = [
              yes.status,
              yes.r.args,
              yes.r.contentType,
              yes.r.method,
              yes.r.main === r,
              no.status,
              relative.r.uri,
              bad.status,
            ];
            return OK;
          },
        },
      ],
    });
    await request(app).post('/ask/here').send('body').expect(200, '');
    expect(seen).toEqual([200, 'a=1', 'text/x-test', 'GET', true, 403, '/ask/beside', 400]);
  });

  it('has a copy of the headers without those of the body and of conditions', async () => {
    let names: string[] = [];
    const app = await testApp({
      async contentHandler(r) {
        const { r: sub } = await r.lookupUri('/sub');
        names = [...sub.headersIn.keys()].map((name) => name.toLowerCase());
        sub.headersIn.set('X-Own', 'changed');
        return r.headersIn.get('X-Own')!;
      },
    });
    await request(app)
      .post('/')
      .set('X-Own', 'mine')
      .set('If-None-Match', '"x"')
      .set('Range', 'bytes=0-1')
      .send({ a: 1 })
      .expect('mine');
    expect(names).toContain('x-own');
    for (const gone of ['content-length', 'content-type', 'if-none-match', 'range']) expect(names).not.toContain(gone);
  });

  it('puts its body into that of the outer request, through its own filters and then the outer ones', async () => {
    const star = { data: (chunk: Uint8Array, f: { passOn(chunk: string): void }) => f.passOn(`*${String(chunk)}*`) };
    const shout = {
      data: (chunk: Uint8Array, f: { passOn(chunk: string): void }) => f.passOn(String(chunk).toUpperCase()),
    };
    const app = await testApp({
      outputFilter: [
        ['STAR', star as never],
        ['SHOUT', shout as never],
      ],
      sections: [
        { location: '/part', setOutputFilter: 'STAR', contentHandler: (r) => ((r.status = 404), 'part') },
        {
          location: '/whole',
          setOutputFilter: 'SHOUT',
          async contentHandler(r) {
            await r.write('before ');
            const status = await (await r.lookupUri('/part')).run();
            await r.write(` after ${status}`);
            return OK;
          },
        },
      ],
    });
    await request(app).get('/whole').expect(200, 'BEFORE *PART* AFTER 404');
  });

  it('that is refused or fails gives its status and nothing else', async () => {
    const log = collectLog();
    const app = await testApp({
      plugins: [log],
      sections: [
        { location: '/no', accessHandler: () => 403 },
        { location: '/bad', contentHandler: () => Promise.reject(new Error('broken part')) },
        {
          location: '/ask',
          contentHandler: async (r) =>
            `${await (await r.lookupUri('/no')).run()} ${await (await r.lookupUri('/bad')).run()}`,
        },
      ],
    });
    await request(app).get('/ask').expect(200, '403 500');
    expect(log.messages()).toEqual([expect.stringContaining('broken part')]);
  });

  it('may nest ten deep: then its status is 500, with one log line', async () => {
    const log = collectLog();
    let runs = 0;
    const app = await testApp({
      plugins: [log],
      async contentHandler(r) {
        runs++;
        const sub = await r.lookupUri('/again');
        if (sub.status === 200) await sub.run();
        else await r.write(String(sub.status));
        return OK;
      },
    });
    await request(app).get('/').expect(200, '500');
    expect(runs).toBe(11);
    expect(log.messages()).toEqual(['more than 10 nested subrequests, the last one for /again']);
  });

  it('of a file is relative to the folder of the outer file', async () => {
    let seen: unknown;
    const app = await testApp({
      async contentHandler(r) {
        r.filename = '/srv/site/page.html';
        seen = [
          (await r.lookupFile('part.html')).r.filename,
          (await r.lookupFile('/etc/other')).r.filename,
          (await r.lookupFile('a%20b.txt')).r.filename,
        ];
        return OK;
      },
    });
    await request(app).get('/dir/page.html').expect(200);
    expect(seen).toEqual(['/srv/site/part.html', '/etc/other', '/srv/site/a%20b.txt']);
  });
});
