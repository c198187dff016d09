import { constants } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, closeHttp2Sites, connectTo, serveHttp2 } from './http2-client.ts';
import { RawClient } from './raw-client.ts';
import { FrameClient, endHeaders, endStream, errorCode, frame, requestFields } from './http2-frames.ts';

afterEach(closeHttp2Sites);

const hello = { location: '/', contentHandler: () => 'hello' };
const opaque = Buffer.alloc(8);

function get(stream: number): Buffer {
  return frame('headers', endHeaders | endStream, stream, requestFields('GET'));
}

describe('an HTTP/2 session', () => {
  it('ends when it has been idle for KeepAliveTimeout, however many pings come', async () => {
    const { port } = await serveHttp2({ keepAliveTimeout: 1, sections: [hello] });
    const client = new FrameClient(port).sendFrames(get(1));
    await client.untilFrame('data');
    const pings = setInterval(() => client.sendFrames(frame('ping', 0, 0, opaque)), 100);
    await client.closed;
    clearInterval(pings);
    expect(client.codesOf('goaway')[0]).toBe(constants.NGHTTP2_NO_ERROR);
  });

  it('does not end while a stream is open', async () => {
    const { session } = await serveHttp2({
      keepAliveTimeout: 1,
      sections: [{ location: '/', contentHandler: async () => (await sleep(1_500), 'slow') }],
    });
    expect((await ask(session, {})).body).toBe('slow');
  });

  it('ends when its first request is late', async () => {
    const { port } = await serveHttp2({ requestReadTimeout: 'header=1', sections: [hello] });
    const client = new FrameClient(port);
    // A head whose end never comes.
    client.sendFrames(frame('headers', endStream, 1, requestFields('GET')));
    await client.closed;
    expect(client.frames.filter(({ stream }) => stream === 1)).toEqual([]);
  });

  it.each([
    ['KeepAlive Off', { keepAlive: false }],
    ['KeepAliveTimeout 0', { keepAliveTimeout: 0 }],
    ['MaxKeepAliveRequests 1', { maxKeepAliveRequests: 1 }],
  ])('ends behind the first answer with %s', async (_, config) => {
    const { port } = await serveHttp2({ ...config, sections: [hello] });
    const client = new FrameClient(port).sendFrames(get(1));
    expect(await client.closed).toContain('hello');
    expect(client.codesOf('goaway')[0]).toBe(constants.NGHTTP2_NO_ERROR);
  });

  it('refuses more streams at a time than H2MaxSessionStreams', async () => {
    const { port } = await serveHttp2({
      h2MaxSessionStreams: 2,
      sections: [{ location: '/', contentHandler: async () => (await sleep(50), 'slow') }],
    });
    // It hasn't said that it knows the limit; otherwise the session would end.
    const client = new FrameClient(port).sendFrames(get(1), get(3), get(5));
    await client.untilFrame('data', 2);
    expect(client.codesOf('reset')).toEqual([constants.NGHTTP2_REFUSED_STREAM]);
    client.close();
  });

  it('resets a stream whose client does not read for Timeout, and goes on', async () => {
    const { session, log } = await serveHttp2({
      timeout: 1,
      sections: [
        hello,
        {
          location: '/large',
          async *contentHandler() {
            for (;;) yield Buffer.alloc(65_536);
          },
        },
      ],
    });
    const stream = session.request({ ':path': '/large' });
    stream.on('error', () => undefined);
    stream.pause();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(stream.rstCode).not.toBe(constants.NGHTTP2_NO_ERROR);
    expect((await ask(session, {})).body).toBe('hello');
    expect(log.messages('error')).toEqual([]);
  });

  it('ends soon behind a fault of its client', async () => {
    const { port } = await serveHttp2({ keepAliveTimeout: 1, sections: [hello] });
    const client = new FrameClient(port).sendFrames(get(1));
    await client.untilFrame('data');
    client.sendFrames(frame('data', 0, 0, Buffer.from('nonsense')));
    await client.closed;
    expect(client.codesOf('goaway')).toContain(constants.NGHTTP2_PROTOCOL_ERROR);
  });

  it('is refused, and logged, where the first bytes are something else', async () => {
    const { port, log } = await serveHttp2({ sections: [hello] });
    await new RawClient(port).send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').closed;
    expect(log.messages('info').join()).toMatch(/\[client 127\.0\.0\.1\] HTTP\/2: /);
  });
});

describe('a flood', () => {
  it.each<[what: string, type: 'ping' | 'settings', make: () => Buffer]>([
    ['of pings', 'ping', () => frame('ping', 0, 0, opaque)],
    ['of settings', 'settings', () => frame('settings', 0, 0)],
  ])('%s ends the session', async (_, type, make) => {
    const { port, log } = await serveHttp2({ sections: [hello] });
    const client = new FrameClient(port);
    // Not so many at a time that nghttp2 itself has enough of them.
    for (const answered of [400, 800]) {
      client.sendFrames(...Array.from({ length: 400 }, make));
      await client.untilFrame(type, answered);
    }
    client.sendFrames(...Array.from({ length: 400 }, make));
    await client.closed;
    expect(client.codesOf('goaway')).toContain(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(log.messages('info').join()).toContain('more than 1000 frames of control');
    expect((await ask(connectTo(port), {})).body).toBe('hello');
  });

  it('of requests that are reset at once ends the session, and the handlers are told', async () => {
    let begun = 0;
    let aborted = 0;
    const { port } = await serveHttp2({
      keepAliveTimeout: 1,
      sections: [
        {
          location: '/',
          contentHandler: async (r) => {
            begun++;
            r.signal.addEventListener('abort', () => aborted++);
            await sleep(20);
            return 'hello';
          },
        },
      ],
    });
    const client = new FrameClient(port);
    const streams = Array.from({ length: 2_000 }, (_, count) => 2 * count + 1);
    const reset = errorCode(constants.NGHTTP2_CANCEL);
    client.sendFrames(...streams.flatMap((stream) => [get(stream), frame('reset', 0, stream, reset)]));
    await client.closed;
    await sleep(50);
    expect(client.codesOf('goaway').some((code) => code !== constants.NGHTTP2_NO_ERROR)).toBe(true);
    expect(begun).toBeLessThan(streams.length);
    expect(aborted).toBe(begun);
    expect((await ask(connectTo(port), {})).body).toBe('hello');
  }, 20_000);

  it('of a head without end ends the session', async () => {
    const { port } = await serveHttp2({ sections: [hello] });
    const client = new FrameClient(port).sendFrames(frame('headers', endStream, 1, requestFields('GET')));
    for (let count = 0; count < 50; count++) client.sendFrames(frame('continuation', 0, 1, Buffer.alloc(16_000)));
    await client.closed;
    expect((await ask(connectTo(port), {})).body).toBe('hello');
  });
});
