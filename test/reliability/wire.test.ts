import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConfigObject, OK, type RequestRecord } from '../../index.ts';
import { RawClient, type Site, closeSites, exchange, serve, statusesIn } from '../core/host/raw-client.ts';
import { requestCases } from '../core/host/request-cases.ts';

const host = 'Host: a\r\n';
const closing = 'Connection: close\r\n';
let site: Site;

/** Handlers that put a value into the head of the response, in every way there is. */
const injections: Readonly<Record<string, (r: RequestRecord, value: string) => unknown>> = {
  'a header': (r, value) => (r.headersOut.set('X-Given', value), 'content'),
  'a header that errors keep': (r, value) => (r.errHeadersOut.set('X-Given', value), 404),
  "a header's name": (r, value) => (r.headersOut.set(value, 'x'), 'content'),
  'a cookie': (r, value) => (r.headersOut.append('Set-Cookie', `name=${value}`), 'content'),
  'a redirect': (r, value) => (r.headersOut.set('Location', `/${value}`), 302),
  'the content type': (r, value) => ((r.contentType = `text/html; x=${value}`), 'content'),
  'the charset': (r, value) => ((r.charset = value), (r.contentType = 'text/plain'), 'content'),
  'a content language': (r, value) => ((r.contentLanguages = [value]), 'content'),
  'the content encoding': (r, value) => ((r.contentEncoding = value), 'content'),
  'the reason phrase': (r, value) => ((r.statusLine = `200 ${value}`), 'content'),
  'a streamed answer': async (r, value) => (
    r.headersOut.set('X-Given', value),
    await r.write('part'),
    await r.flush(),
    OK
  ),
};

const config: ConfigObject = {
  limitRequestLine: 300,
  limitRequestFieldSize: 300,
  limitRequestFields: 10,
  serverName: 'narrow',
  outputFilter: [
    ['TITLE', { data: (chunk, f) => (f.r.headersOut.set('X-Given', String(f.r.params['value'])), f.passOn(chunk)) }],
  ],
  sections: [
    { virtualHost: '*', serverName: 'narrow' },
    { virtualHost: '*', serverName: 'wide', limitRequestFieldSize: 1_000 },
    { location: '/', contentHandler: (r) => `${r.method} ${r.uri}` },
    { location: '/read', contentHandler: async (r) => r.text() },
    { location: '/refuse', contentHandler: () => 401 },
    {
      location: '/slow',
      contentHandler: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return 'slow';
      },
    },
    {
      location: '/fields',
      contentHandler: (r) => ({ fields: [...r.headersIn], all: r.headersIn.getAll('__proto__') }),
    },
    {
      location: '/trailers',
      contentHandler: async (r) => ({
        body: await r.text(),
        host: r.headersIn.get('Host'),
        fields: [...r.headersIn.keys()],
      }),
    },
    { route: '/filtered/:value', setOutputFilter: 'TITLE', contentHandler: () => 'content' },
    ...Object.entries(injections).map(([name, inject]) => ({
      route: `/inject/${name.replaceAll(/\W/g, '-')}/:value`,
      contentHandler: (r: RequestRecord) => inject(r, String(r.params['value'])) as string,
    })),
  ],
};

beforeAll(async () => {
  site = await serve(config);
});
afterAll(closeSites);

function get(path: string, fields = closing): string {
  return `GET ${path} HTTP/1.1\r\n${host}${fields}\r\n`;
}

describe('requests that come byte by byte', () => {
  // As long heads as these are told by the first packet, before their end.
  const short = requestCases.filter(([, raw]) => raw.length < 200);

  it('get the answers that they get in one piece', async () => {
    const answers = await Promise.all(
      short.map(async ([what, raw]) => {
        const client = new RawClient(site.port);
        client.socket.setNoDelay();
        for (const byte of raw) {
          client.send(byte);
          await new Promise(setImmediate);
        }
        return [what, statusesIn(await client.closed)];
      }),
    );
    expect(answers).toEqual(short.map(([what, , statuses]) => [what, statuses]));
  });
});

describe('a body that is refused', () => {
  const inner = `GET /smuggled HTTP/1.1\r\n${host}\r\n`;

  it.each([
    ['with its length', `Content-Length: ${inner.length}\r\n\r\n${inner}`],
    ['in chunks', `Transfer-Encoding: chunked\r\n\r\n${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`],
  ])('%s is never read as the next request', async (_, rest) => {
    const received = await exchange(site.port, `POST /refuse HTTP/1.1\r\n${host}${rest}${get('/next')}`);
    expect(statusesIn(received)).toEqual([401, 200]);
    expect(received).toContain('GET /next');
    expect(received).not.toContain('/smuggled');
  });

  it('and is broken gets its answer, and nothing behind it one', async () => {
    const received = await exchange(
      site.port,
      `POST /refuse HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nab\r\n0\r\n\r\n${get('/next')}`,
    );
    expect(statusesIn(received).slice(0, 1)).toEqual([401]);
    expect(received).not.toContain('/next');
  });
});

it('trailers never become header fields', async () => {
  const received = await exchange(
    site.port,
    `POST /trailers HTTP/1.1\r\n${host}${closing}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nHost: evil\r\nAuthorization: x\r\nX-Late: y\r\n\r\n`,
  );
  expect(received).toContain('{"body":"ab","host":"a","fields":["Host","Connection","Transfer-Encoding"]}');
});

it('a header named __proto__, sent twice, is a header', async () => {
  const received = await exchange(
    site.port,
    get('/fields', `__proto__: x\r\n__proto__: y\r\nconstructor: z\r\n${closing}`),
  );
  expect(statusesIn(received)).toEqual([200]);
  expect(received).toContain('"all":["x, y"]');
  expect(received).toContain('["constructor","z"]');
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

describe.each(['%0d%0aX-Evil:%20yes', '%0aX-Evil:%20yes', '%0dX-Evil:%20yes'])('the value %s', (value) => {
  it.each(Object.keys(injections))('in %s is a 500, of which nothing else is sent', async (name) => {
    const received = await exchange(site.port, get(`/inject/${name.replaceAll(/\W/g, '-')}/${value}`));
    expect(received).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/);
    expect(received).not.toMatch(/^X-Evil|part|^content$/m);
  });

  it('in a header that a filter sets is a 500', async () => {
    const received = await exchange(site.port, get(`/filtered/${value}`));
    expect(statusesIn(received)).toEqual([500]);
    expect(received).not.toMatch(/^X-Evil|content$/m);
  });
});

it('TRACE is refused, so that no field of the request comes back', async () => {
  const received = await exchange(site.port, `TRACE /folder HTTP/1.1\r\n${host}${closing}Cookie: secret\r\n\r\n`);
  expect(received).not.toContain('secret');
});

describe('slow clients', () => {
  it('keep nobody from being served: 40 that send half a head, and 40 that send half a body', async () => {
    const halves = [`GET / HTTP/1.1\r\n${host}X: `, `POST /read HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\nab`];
    const clients = Array.from({ length: 80 }, (_, index) => new RawClient(site.port).send(halves[index % 2]!));
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(site.port, get('/good'))));
    expect(answers.flatMap(statusesIn)).toEqual(Array.from({ length: 20 }, () => 200));
    for (const client of clients) client.close();
  });

  it('are cut by their time, and the others stay', async () => {
    const { port } = await serve({
      requestReadTimeout: 'header=1 body=1',
      contentHandler: async (r) => `got ${await r.text()}`,
    });
    const head = exchange(port, `GET / HTTP/1.1\r\n${host}X: `);
    const body = exchange(port, `POST / HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\nab`);
    expect(statusesIn(await exchange(port, get('/')))).toEqual([200]);
    expect((await Promise.all([head, body])).map(statusesIn)).toEqual([[408], [408]]);
  });
});
