import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestRecord } from '../../core/request-record.ts';
import { logIO } from '../../phases/logio.ts';
import { LogServer } from './log-server.ts';

const large = Buffer.alloc(300_000);
const sections = [
  { location: '/small', contentHandler: () => 'small' },
  { location: '/large', contentHandler: () => large },
  { location: '/echo', contentHandler: (r: RequestRecord) => r.text() },
  { location: '/stream', contentHandler: stream },
];

async function* stream(): AsyncGenerator<string> {
  yield 'a'.repeat(20_000);
  await new Promise(setImmediate);
  yield 'b'.repeat(20_000);
}

let server: LogServer;
beforeEach(() => {
  server = new LogServer(logIO);
});
afterEach(() => server.stop());

function message(path: string, more = '\r\n'): string {
  return `GET ${path} HTTP/1.1\r\nHost: a.test\r\n${more}`;
}

/** The two numbers of every line. */
function counts(): number[][] {
  return server.lines().map((line) => line.split(' ').map(Number));
}

describe('the bytes of a request', () => {
  it.each(['/small', '/large', '/stream', '/missing'])('are those of the socket: %s', async (path) => {
    await server.start({ customLog: ['./access.log', '%I %O'], sections });
    const sent = message(path, 'Connection: close\r\n\r\n');
    const received = await server.send(sent);
    expect(counts()).toEqual([[sent.length, received.length]]);
  });

  it('are counted for each of the requests of a connection, bodies and chunks included', async () => {
    await server.start({ customLog: ['./access.log', '%I %O %S'], sections });
    const chunked = 'POST /echo HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
    const sent = [message('/small'), chunked, message('/small')];
    const received = await server.send(...sent);
    const lines = counts();
    expect(lines.map(([inside]) => inside)).toEqual(sent.map(({ length }) => length));
    expect(lines.reduce((sum, [, out]) => sum + out!, 0)).toBe(received.length);
    expect(lines.every(([inside, out, both]) => both === inside! + out!)).toBe(true);
  });

  it('are not charged to the next request where a request is not logged', async () => {
    const customLog = ['./access.log', '%I', 'expr=%{REQUEST_URI} == "/small"'] as const;
    await server.start({ customLog, sections });
    await server.send(message('/large'), message('/small'));
    expect(counts()).toEqual([[message('/small').length]]);
  });
});

describe('%^FB', () => {
  it('is the time until the head leaves, where it is taken', async () => {
    const customLog = ['./access.log', '%^FB %D'] as const;
    await server.start({ customLog, logIOTrackTTFB: true, sections });
    await server.get('/stream');
    await server.get('/missing');
    for (const [first, whole] of counts()) {
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThanOrEqual(whole! + 1);
    }
  });

  it('is unknown elsewhere', async () => {
    await server.start({ customLog: ['./access.log', '%^FB'], sections });
    await server.get('/small');
    expect(server.lines()).toEqual(['-']);
  });
});

describe('%{…}^ti', () => {
  it('is a trailer of the request, where the body was read', async () => {
    await server.start({ customLog: ['./access.log', '%{X-Sum}^ti %{X-None}^ti %{X-Sum}^to'], sections });
    const head = 'POST /echo HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n';
    await server.send(`${head}3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n`);
    expect(server.lines()).toEqual(['7 - -']);
  });
});
