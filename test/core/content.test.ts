import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import request from 'supertest';
import { type ConfigObject, DECLINED, DONE, OK, type RequestRecord } from '../../index.ts';
import { collectLog, testApp, testHandler } from '../../testing/index.ts';

describe('the body that a content handler returns', () => {
  async function* pieces(): AsyncGenerator<string | Uint8Array> {
    yield 'one ';
    yield Buffer.from('two');
  }
  class Money {
    toJSON(): string {
      return '5 EUR';
    }
  }
  const web = (): ReadableStream =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('web'));
        controller.close();
      },
    });

  it.each<[string, () => unknown, string, string]>([
    ['a string', () => 'grün', 'text/plain; charset=utf-8', 'grün'],
    ['an empty string', () => '', 'text/plain; charset=utf-8', ''],
    ['bytes', () => Buffer.from('bytes'), 'application/octet-stream', 'bytes'],
    ['a typed array', () => new Uint8Array([104, 105]), 'application/octet-stream', 'hi'],
    ['a Node stream', () => Readable.from(['no', 'de']), 'application/octet-stream', 'node'],
    ['a web stream', web, 'application/octet-stream', 'web'],
    ['an async iterable', pieces, 'application/octet-stream', 'one two'],
    ['an object', () => ({ a: 1 }), 'application/json', '{"a":1}'],
    [
      'an object without a prototype',
      () => Object.assign(Object.create(null) as object, { a: 1 }),
      'application/json',
      '{"a":1}',
    ],
    ['an array', () => [1, 2], 'application/json', '[1,2]'],
    ['an object with toJSON', () => new Money(), 'application/json', '"5 EUR"'],
    ['a promise of it', () => Promise.resolve('later'), 'text/plain; charset=utf-8', 'later'],
  ])('may be %s', async (_, handler, type, body) => {
    const response = await request(await testHandler(handler as never))
      .get('/')
      .buffer(true)
      .parse(asText)
      .expect(200);
    expect(response.headers['content-type']).toBe(type);
    expect(response.body).toBe(body);
  });

  it('may be a fetch Response, with its status and headers', async () => {
    const headers = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-Own', 'yes'],
    ]);
    const app = await testHandler(() => new Response('made', { status: 201, headers }));
    const response = await request(app).get('/').expect(201, 'made');
    expect(response.headers).toMatchObject({
      'x-own': 'yes',
      'set-cookie': ['a=1', 'b=2'],
      'content-type': 'text/plain;charset=UTF-8',
    });
  });

  it('may be a Response without a body', async () => {
    await request(await testHandler(() => new Response(null, { status: 204 })))
      .get('/')
      .expect(204, '');
  });

  it('leaves a content type alone that is there already', async () => {
    const app = await testHandler((r) => ((r.contentType = 'text/csv'), 'a,b'));
    await request(app).get('/').expect('Content-Type', 'text/csv').expect('a,b');
  });

  it('follows what was written before', async () => {
    const app = await testHandler(async (r) => (await r.write('first '), 'second'));
    await request(app).get('/').expect(200, 'first second');
  });

  it('is an error for an instance of a class', async () => {
    const log = collectLog();
    await request(await testHandler((() => new Map()) as never, { plugins: [log] }))
      .get('/')
      .expect(500);
    expect(log.messages()[0]).toContain('returned object in the phase content');
  });

  it('is an empty 200 for OK without a write', async () => {
    const response = await request(await testHandler(() => OK))
      .get('/')
      .expect(200, '');
    expect(response.headers['content-length']).toBe('0');
  });
});

describe('stacked content handlers', () => {
  const stack = async (...handlers: readonly ((r: RequestRecord) => unknown)[]): Promise<request.Response> =>
    request(
      await testApp({ plugins: [fallback], sections: [{ location: '/', contentHandler: handlers } as never] }),
    ).get('/');
  const fallback = { name: 'fallback', phases: { content: (): string => 'default' } };
  const writes =
    (text: string, verdict: unknown = OK) =>
    async (r: RequestRecord): Promise<unknown> => (await r.write(text), verdict);

  it('are all asked after OK and DECLINED', async () => {
    expect(
      (
        await stack(
          writes('a'),
          () => DECLINED,
          () => 'b',
          writes('c', DECLINED),
        )
      ).text,
    ).toBe('abc');
  });

  it('leave the request to the default handler where all decline', async () => {
    expect(
      (
        await stack(
          () => DECLINED,
          () => Promise.resolve(DECLINED),
        )
      ).text,
    ).toBe('default');
  });

  it('end at DONE and at a status, which drops what was written', async () => {
    expect((await stack(writes('a'), writes('b', DONE), writes('c'))).text).toBe('ab');
    const refused = await stack(writes('secret'), writes('b', 404), writes('c'));
    expect(refused.status).toBe(404);
    expect(refused.text).not.toContain('secret');
  });

  it('are inherited as a list: an inner section replaces the outer one', async () => {
    const config: ConfigObject = {
      contentHandler: () => 'outer',
      sections: [{ location: '/in', contentHandler: () => 'inner' }],
    };
    const app = await testApp(config);
    await request(app).get('/').expect('outer');
    await request(app).get('/in').expect('inner');
  });
});

describe('the content handler that is not in a list', () => {
  const plugins = [{ name: 'make', handlers: { Maker: (): string => 'made' } }];

  it('is named by SetHandler, in any case of letters', async () => {
    await request(await testApp({ plugins, sections: [{ location: '/', setHandler: 'maker' }] }))
      .get('/')
      .expect('made');
  });

  it('is named by r.handler, set in an earlier phase', async () => {
    const typeHandler = (r: RequestRecord): typeof OK => ((r.handler = 'maker'), OK);
    await request(await testApp({ plugins, typeHandler }))
      .get('/')
      .expect('made');
  });

  it('is a hook of a plugin, asked first', async () => {
    const hook = { name: 'hook', phases: { content: (r: RequestRecord) => (r.uri === '/hook' ? 'hooked' : DECLINED) } };
    const app = await testApp({ plugins: [...plugins, hook], sections: [{ location: '/', setHandler: 'maker' }] });
    await request(app).get('/hook').expect('hooked');
    await request(app).get('/').expect('made');
  });

  it('is an error where nobody has it: a file is not sent as text instead', async () => {
    const log = collectLog();
    const app = await testApp({
      plugins: [log],
      sections: [{ location: '/', setHandler: 'nobodys-handler' }],
    });
    await request(app).get('/').expect(500);
    expect(log.messages()[0]).toContain('no plugin has a handler called nobodys-handler');
  });
});

function asText(response: request.Response, done: (error: null, text: string) => void): void {
  let text = '';
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text += chunk)).on('end', () => done(null, text));
}
