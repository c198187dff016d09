import { setTimeout as sleep } from 'node:timers/promises';
import { constants, sensitiveHeaders } from 'node:http2';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OK, type RequestRecord } from '../../../index.ts';
import { FrameClient, endHeaders, endStream, errorCode, fields, frame, requestFields } from './http2-frames.ts';
import { ask, closeHttp2Sites, connectTo, serveHttp2 } from './http2-client.ts';

afterEach(closeHttp2Sites);

const get = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'a'],
] as const;
const hello = { location: '/', contentHandler: () => 'hello' };

function settled(): { promise: Promise<unknown>; resolve: (value?: unknown) => void } {
  let resolve!: (value?: unknown) => void;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

describe('HTTP/2', () => {
  it('shows handlers a request like any other', async () => {
    const { session, port } = await serveHttp2({
      sections: [
        {
          location: '/',
          contentHandler: (r) => [r.protocol, r.theRequest, r.hostname, r.headersIn.get('cookie') ?? '', r.url.href],
        },
      ],
    });
    const answer = await ask(session, { ':path': '/a?b', cookie: ['a=1', 'b=2'] });
    expect(JSON.parse(answer.body)).toEqual([
      'HTTP/2.0',
      'GET /a?b HTTP/2.0',
      '127.0.0.1',
      'a=1; b=2',
      `http://127.0.0.1:${port}/a?b`,
    ]);
  });

  it('keeps one record for all streams of a connection', async () => {
    const seen: unknown[] = [];
    const { session } = await serveHttp2({
      sections: [
        {
          location: '/',
          contentHandler: (r) => {
            seen.push(r.connection);
            return `${r.connection.requests} ${r.connection.clientIp} ${r.connection.secure}`;
          },
        },
      ],
    });
    const bodies = [];
    for (let count = 0; count < 3; count++) bodies.push((await ask(session, {})).body);
    expect(bodies).toEqual(['1 127.0.0.1 false', '2 127.0.0.1 false', '3 127.0.0.1 false']);
    expect(new Set(seen).size).toBe(1);
  });

  it('chooses the virtual host by :authority', async () => {
    const { session } = await serveHttp2({
      sections: [
        { virtualHost: '*', serverName: 'a.example', sections: [{ location: '/', contentHandler: () => 'a' }] },
        { virtualHost: '*', serverName: 'b.example', sections: [{ location: '/', contentHandler: () => 'b' }] },
      ],
    });
    expect((await ask(session, { ':authority': 'b.example' })).body).toBe('b');
    expect((await ask(session, { host: 'b.example' })).body).toBe('b');
    expect((await ask(session, { ':authority': 'b.example', x: 'host', y: 'a.example' })).body).toBe('b');
  });

  it.each<[string, Record<string, string>, number]>([
    ['a Host that differs from :authority', { ':authority': 'a', host: 'b' }, 400],
    ['a port in :authority that is none', { ':authority': 'a:70000' }, 400],
    ['an expectation that nobody knows', { expect: 'tea' }, 417],
    ['CONNECT', { ':method': 'CONNECT', ':authority': 'a:1' }, 405],
    ['a field that is too long', { x: 'a'.repeat(400) }, 431],
    ['a path that is too long', { ':path': `/${'a'.repeat(400)}` }, 414],
    ['too many fields', Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x${index}`, 'a'])), 431],
  ])('refuses %s', async (_, headers, status) => {
    const { session } = await serveHttp2({
      limitRequestFieldSize: 300,
      limitRequestLine: 300,
      limitRequestFields: 20,
      sections: [hello],
    });
    expect((await ask(session, headers)).status).toBe(status);
    expect((await ask(session, {})).body).toBe('hello');
  });

  it.each<[string, readonly (readonly [string, string])[]]>([
    [
      'a path that is none',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', 'a'],
        [':authority', 'a'],
      ],
    ],
    [
      '* for other than OPTIONS',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '*'],
        [':authority', 'a'],
      ],
    ],
    [
      'no host at all',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
      ],
    ],
    [
      'no path',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':authority', 'a'],
      ],
    ],
    [
      'no method',
      [
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'a'],
      ],
    ],
    [
      'two paths',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':path', '/'],
        [':authority', 'a'],
      ],
    ],
    [
      'a pseudo-header field that nobody knows',
      [
        [':tea', 'a'],
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
      ],
    ],
    ['a field of HTTP/1', [...get, ['connection', 'close']]],
    ['a coding', [...get, ['transfer-encoding', 'chunked']]],
    ['a name with a capital', [...get, ['X-A', 'a']]],
    ['a length that is not that of the body', [...get, ['content-length', '5']]],
  ])('resets the stream of a malformed request: %s', async (_, list) => {
    const { port } = await serveHttp2({ sections: [hello] });
    const client = new FrameClient(port).sendFrames(frame('headers', endHeaders | endStream, 1, fields(list)));
    await client.untilFrame('reset');
    expect(client.codesOf('reset')).toEqual([constants.NGHTTP2_PROTOCOL_ERROR]);
    client.close();
  });

  it('answers 400 to a path that is none, where the scheme is none of HTTP', async () => {
    const { port } = await serveHttp2({ sections: [hello] });
    const list = fields([
      [':method', 'GET'],
      [':scheme', 'tea'],
      [':path', 'a'],
      [':authority', 'a'],
    ]);
    const client = new FrameClient(port).sendFrames(frame('headers', endHeaders | endStream, 1, list));
    const { payload } = await client.untilFrame('headers');
    // The static table has 400 at 12.
    expect(payload[0]).toBe(0x80 + 12);
    client.close();
  });

  it('sends no field that belongs to one connection, and several lines only where they are a list', async () => {
    const { session } = await serveHttp2({
      sections: [
        {
          location: '/',
          contentHandler: (r) => {
            for (const name of ['Connection', 'Keep-Alive', 'Upgrade', 'Proxy-Connection']) r.headersOut.set(name, 'x');
            r.headersOut.append('Set-Cookie', 'a=1');
            r.headersOut.append('Set-Cookie', 'b=2');
            r.headersOut.append('ETag', '"a"');
            r.headersOut.append('ETag', '"b"');
            return 'hello';
          },
        },
      ],
    });
    const { headers } = await ask(session, {});
    expect(headers).toEqual({
      ':status': 200,
      'set-cookie': ['a=1', 'b=2'],
      etag: '"a", "b"',
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '5',
      date: expect.any(String),
      [sensitiveHeaders]: [],
    });
  });

  it('answers a header that HTTP does not allow with an error page', async () => {
    const { session, log } = await serveHttp2({
      sections: [{ location: '/', contentHandler: (r) => (r.headersOut.set('X-A', 'a\nb'), 'hello') }],
    });
    expect((await ask(session, {})).status).toBe(500);
    expect(log.messages('error').join()).toContain('Invalid character in header content');
  });

  it('resets the stream where an error comes behind the head', async () => {
    const { session, log } = await serveHttp2({
      sections: [
        hello,
        {
          location: '/late',
          contentHandler: async (r) => {
            await r.write('first');
            await r.flush();
            await sleep(20);
            throw new Error('too late');
          },
        },
      ],
    });
    const answer = await ask(session, { ':path': '/late' });
    expect([answer.status, answer.body, answer.code]).toEqual([200, 'first', constants.NGHTTP2_INTERNAL_ERROR]);
    expect(log.messages('error').join()).toContain('too late');
    expect((await ask(session, {})).body).toBe('hello');
  });

  it('sends interim answers', async () => {
    const { session } = await serveHttp2({
      sections: [
        {
          location: '/',
          contentHandler: async (r) => {
            r.sendInterim(103, ['Link', '</a.css>; rel=preload', 'Link', '</b.css>; rel=preload']);
            return await r.text();
          },
        },
      ],
    });
    const answer = await ask(session, { ':method': 'POST', expect: '100-continue' }, 'body');
    expect([answer.interim, answer.body]).toEqual([[103, 100], 'body']);
  });

  it('waits for a client that does not read', async () => {
    let written = 0;
    const { session } = await serveHttp2({
      sections: [
        {
          location: '/',
          contentHandler: async (r) => {
            for (; written < 400; written++) await r.write(Buffer.alloc(65_536));
            return OK;
          },
        },
      ],
    });
    const stream = session.request({});
    await new Promise((resolve) => stream.once('response', resolve));
    stream.pause();
    await sleep(150);
    expect(written).toBeLessThan(50);
    let received = 0;
    stream.on('data', (piece: Buffer) => (received += piece.length)).resume();
    await new Promise((resolve) => stream.once('end', resolve));
    expect(received).toBe(400 * 65_536);
  });

  it('tells the handler of a client that resets the stream, and logs the request', async () => {
    const aborted = settled();
    const logged = settled();
    const { session } = await serveHttp2({
      logHandler: (r: RequestRecord) => logged.resolve(r.theRequest),
      sections: [
        {
          location: '/',
          contentHandler: async (r) => {
            r.signal.addEventListener('abort', () => aborted.resolve());
            await r.flush();
            await aborted.promise;
            return 'late';
          },
        },
      ],
    });
    const stream = session.request({});
    stream.on('error', () => undefined);
    await new Promise((resolve) => stream.once('response', resolve));
    stream.close(constants.NGHTTP2_CANCEL);
    await aborted.promise;
    expect(await logged.promise).toBe('GET / HTTP/2.0');
  });

  it.each([constants.NGHTTP2_CANCEL, constants.NGHTTP2_NO_ERROR])(
    'takes no body for complete whose client resets the stream with %i',
    async (code) => {
      const reading = settled();
      const failed = settled();
      const { port } = await serveHttp2({
        sections: [
          {
            location: '/',
            contentHandler: async (r) => {
              await r.read(1);
              reading.resolve();
              await r.text().then(failed.resolve, failed.resolve);
              return OK;
            },
          },
        ],
      });
      const client = new FrameClient(port).sendFrames(
        frame('headers', endHeaders, 1, requestFields('POST')),
        frame('data', 0, 1, Buffer.from('half of it')),
      );
      await reading.promise;
      client.sendFrames(frame('reset', 0, 1, errorCode(code)));
      expect(await failed.promise).toMatchObject({ name: 'BodyAborted' });
      client.close();
    },
  );

  it('answers before the body that nobody reads, and asks for no more of it', async () => {
    const { session } = await serveHttp2({ sections: [{ location: '/', contentHandler: () => 403 }] });
    const stream = session.request({ ':method': 'POST' });
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => undefined).resume();
    stream.write('x'.repeat(1_000));
    await closed;
    expect(stream.rstCode).toBe(constants.NGHTTP2_NO_ERROR);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['over LimitRequestBody', { limitRequestBody: 10 }, 413],
    ['too slow for RequestReadTimeout', { requestReadTimeout: 'body=1' }, 408],
  ])('refuses a body %s', async (_, config, status) => {
    const { session } = await serveHttp2({
      ...config,
      sections: [{ location: '/', contentHandler: (r) => r.text() }],
    });
    const stream = session.request({ ':method': 'POST' });
    const answer = new Promise((resolve) => stream.once('response', (headers) => resolve(headers[':status'])));
    stream.on('error', () => undefined).resume();
    stream.write('0123456789a');
    expect(await answer).toBe(status);
  });

  it('answers many streams at once', async () => {
    const { session } = await serveHttp2({
      sections: [{ location: '/', contentHandler: async (r) => (await sleep(5), r.uri) }],
    });
    const answers = await Promise.all(Array.from({ length: 90 }, (_, index) => ask(session, { ':path': `/${index}` })));
    expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 90 }, (_, index) => `/${index}`));
  });

  it('shares nothing between two connections', async () => {
    const { session, port } = await serveHttp2({
      sections: [{ location: '/', contentHandler: (r) => String(r.connection.requests) }],
    });
    await ask(session, {});
    expect((await ask(connectTo(port), {})).body).toBe('1');
  });
});
