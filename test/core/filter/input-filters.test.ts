import { describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { type Brigade, EOS, type Filter, type FilterType, TooLateError, httpError } from '../../../index.ts';
import { type CollectedLog, type TestApp, collectLog, testApp } from '../../../testing/index.ts';
import { rawRequest } from '../../raw-request.ts';

function mark(name: string, type: FilterType = 'resource'): Filter {
  return { type, data: (chunk, f) => f.passOn(String(chunk) + name) };
}

function serve(filter: Filter, more: object = {}): { app: TestApp; log: CollectedLog } {
  const log = collectLog();
  const app = testApp({
    plugins: [log],
    inputFilter: ['F', filter],
    setInputFilter: 'F',
    contentHandler: async (r) => `read ${await r.text()}`,
    ...more,
  });
  return { app, log };
}

const post = (app: RequestListener, body: string | Buffer = 'body'): request.Test =>
  request(app).post('/').type('text/plain').send(body);

describe('filters of a request', () => {
  it('work from the network to the handler, by type, then the last one that was added first', async () => {
    const app = await testApp({
      inputFilter: [
        ['1', mark('1')],
        ['2', mark('2')],
        ['P', mark('P', 'protocol')],
      ],
      setInputFilter: '1;P;2',
      fixupHandler: (r) => (r.addInputFilter(mark('F')), -1),
      async contentHandler(r) {
        r.addInputFilter(mark('H'));
        return r.text();
      },
    });
    expect((await post(app)).text).toBe('bodyPH21F');
  });

  it('may be taken out again before the body is read', async () => {
    const app = await testApp({
      async contentHandler(r) {
        const link = r.addInputFilter(mark('!'))!;
        link.remove();
        return `${await r.text()} ${r.inputFilters.length}`;
      },
    });
    expect((await post(app)).text).toBe('body 0');
  });

  it('come too late once it is being read', async () => {
    const app = await testApp({
      async contentHandler(r) {
        await r.read(1);
        expect(() => r.addInputFilter(mark('!'))).toThrow(TooLateError);
        return r.text();
      },
    });
    expect((await post(app)).text).toBe('ody');
  });

  it('may take brigades', async () => {
    const { app } = serve({
      brigade: (brigade) => brigade.flatMap((bucket): Brigade => (bucket === EOS ? ['!', EOS] : ['<', bucket, '>'])),
    });
    expect((await post(app)).text).toBe('read <body>!');
  });

  it('say with their length that they change it: the handler sees no Content-Length', async () => {
    const { app } = serve(mark('!'), {
      contentHandler: async (r: { text(): Promise<string>; headersIn: Map<string, string> }) =>
        `${await r.text()} ${r.headersIn.has('Content-Length')}`,
    });
    expect((await post(app)).text).toBe('body! false');
  });

  it('that refuse the request in init are asked before the handler', async () => {
    const { app } = serve({ init: () => 403, data: () => undefined });
    await post(app).expect(403);
  });

  it('that lose the end of the body are closed by the engine', async () => {
    const { app, log } = serve({ brigade: (brigade) => brigade.filter((bucket) => bucket !== EOS) });
    expect((await post(app)).text).toBe('read body');
    expect(log.messages('warn')).toEqual(['the input filter F lost the end of the body']);
  });
});

describe('a filter of a request that fails', () => {
  it.each<[string, Error, number]>([
    ['with an error', new Error('broken'), 500],
    ['with a status', httpError(400, 'broken'), 400],
    ['with another one', httpError(413, 'broken'), 413],
  ])('%s lets the reading handler fail with it, in one line of the log that names it', async (_, error, status) => {
    const { app, log } = serve({ data: () => Promise.reject(error) });
    await post(app).expect(status);
    const lines = log.lines.filter(({ message }) => message.includes('broken'));
    expect(lines).toHaveLength(1);
    expect(lines[0]!.message).toMatch(/^the input filter F: .*broken/);
  });

  it('fails every later read with the same, so that nobody takes half a body for a whole one', async () => {
    const { app } = serve(
      { data: () => Promise.reject(new Error('broken')) },
      {
        async contentHandler(r: { read(count?: number): Promise<Buffer> }) {
          const reasons: unknown[] = [];
          for (let at = 0; at < 2; at++) await r.read(1).catch((error: Error) => reasons.push(error.message));
          return reasons.join();
        },
      },
    );
    expect((await post(app).expect(200)).text).toBe('broken,broken');
  });

  it('is not asked where nobody reads', async () => {
    const { app } = serve({ data: () => Promise.reject(new Error('broken')) }, { contentHandler: () => 'fine' });
    expect((await post(app).expect(200)).text).toBe('fine');
  });

  it('and never ends is a 503 that names it', async () => {
    const { app, log } = serve({ data: () => new Promise(() => undefined) }, { handlerTimeout: 1 });
    await post(app).expect(503);
    expect(log.messages()[0]).toMatch(/^the input filter F: no answer and no byte moved/);
  });
});

describe('a body that is no good', () => {
  const send = (app: RequestListener, body: Buffer): request.Test =>
    request(app).post('/').set({ 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' }).send(body);
  const bomb = gzipSync(Buffer.alloc(5_000_000));

  it.each<[string, Buffer, number]>([
    ['truncated', gzipSync('some text').subarray(0, 20), 400],
    ['followed by garbage', Buffer.concat([gzipSync('some text'), Buffer.from('garbage')]), 400],
    ['no gzip at all', Buffer.from('some text'), 400],
    ['a bomb', bomb, 413],
  ])('%s is answered, and leaves the next request alone', async (_, body, status) => {
    const log = collectLog();
    const app = await testApp({
      plugins: [log],
      setInputFilter: 'INFLATE',
      limitRequestBody: 1_000_000,
      contentHandler: async (r) => `read ${(await r.text()).length}`,
    });
    await send(app, body).expect(status);
    expect((await send(app, gzipSync('some text')).expect(200)).text).toBe('read 9');
    expect(log.lines.filter(({ message }) => message.startsWith('the input filter INFLATE'))).toHaveLength(1);
  });

  it('that ends too early is no whole body for a filter either', async () => {
    const { app } = serve({ data: () => undefined, end: (f) => f.passOn('whole') });
    const raw = await rawRequest(
      app,
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nbody\r\nzz\r\n',
    );
    expect(raw).not.toContain('whole');
  });
});
