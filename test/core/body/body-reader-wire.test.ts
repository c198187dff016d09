import { setImmediate as turn } from 'node:timers/promises';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { isBodyAborted } from '../../../core/body/body-aborted.ts';
import { BodyReader } from '../../../core/body/body-reader.ts';
import { onTheWire, post } from './wire.ts';

describe('a body over a connection', () => {
  it('is read with a Content-Length', async () => {
    const text = await onTheWire(
      (request) => new BodyReader(request, { limit: 0, declaredLength: 5 }).text(),
      (socket) => socket.write(`${post('Content-Length: 5')}hello`),
    );
    expect(text).toBe('hello');
  });

  it('is read in chunks, whose ends are not the ends of reads', async () => {
    const lines = await onTheWire(
      async (request) => {
        const found: string[] = [];
        for await (const line of new BodyReader(request, { limit: 0 }).lines()) found.push(String(line));
        return found;
      },
      (socket) =>
        socket.write(`${post('Transfer-Encoding: chunked')}3\r\non\r\r\n6\r\n\ntwo\nt\r\n4\r\nhree\r\n0\r\n\r\n`),
    );
    expect(lines).toEqual(['on\r\n', 'two\n', 'three']);
  });

  it('is read while it comes in', async () => {
    const pieces: string[] = [];
    await onTheWire(
      async (request, response) => {
        for await (const piece of new BodyReader(request, { limit: 0, declaredLength: 4 })) {
          pieces.push(String(piece));
          response.write('more');
        }
      },
      async (socket) => {
        socket.write(`${post('Content-Length: 4')}ab`);
        await once(socket, 'data');
        socket.write('cd');
      },
    );
    expect(pieces).toEqual(['ab', 'cd']);
  });

  it('is empty for a request without one', async () => {
    const bytes = await onTheWire(
      (request) => new BodyReader(request, { limit: 0 }).bytes(),
      (socket) => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    );
    expect(bytes).toHaveLength(0);
  });

  it('holds megabytes, which the handler reads later than they arrive', async () => {
    const size = 3_000_000;
    const count = await onTheWire(
      async (request) => {
        const reader = new BodyReader(request, { limit: size, declaredLength: size });
        await reader.read(10);
        await turn();
        return 10 + (await reader.bytes()).length;
      },
      (socket) => socket.write(post(`Content-Length: ${size}`) + 'x'.repeat(size)),
    );
    expect(count).toBe(size);
  });

  it('is asked for with a 100 (Continue) at the first read only', async () => {
    let answer = '';
    await onTheWire(
      async (request, response) => {
        const onFirstRead = () => response.writeContinue();
        const reader = new BodyReader(request, { limit: 0, declaredLength: 4, onFirstRead });
        await reader.read(2);
        await reader.read(2);
      },
      async (socket) => {
        socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
        socket.write(post('Content-Length: 4', 'Expect: 100-continue'));
        await once(socket, 'data');
        socket.write('abcd');
        await once(socket, 'data');
      },
    );
    expect(answer.split('100 Continue')).toHaveLength(2);
  });

  it('is a 413 for a chunked body over the limit', async () => {
    const failure = onTheWire(
      (request) => new BodyReader(request, { limit: 4 }).bytes(),
      (socket) => socket.write(`${post('Transfer-Encoding: chunked')}5\r\nabcde\r\n0\r\n\r\n`),
    );
    await expect(failure).rejects.toMatchObject({ verdict: 413 });
  });

  it('is a 408 for a client that stops sending', async () => {
    const failure = onTheWire(
      (request) =>
        new BodyReader(request, { limit: 0, declaredLength: 9, timeout: { initial: 0.05, minRate: 500 } }).bytes(),
      (socket) => socket.write(`${post('Content-Length: 9')}abc`),
    );
    await expect(failure).rejects.toMatchObject({ verdict: 408 });
  });

  it.each([
    ['a Content-Length', 'Content-Length: 9', 'abc'],
    ['chunks', 'Transfer-Encoding: chunked', '3\r\nabc\r\n'],
  ])('is aborted where the client goes away early, with %s', async (_what, header, start) => {
    const outcome = onTheWire(
      async (request, response) => {
        const reader = new BodyReader(request, { limit: 0 });
        await reader.read(3);
        response.write('go');
        return reader.read(3).catch((error: unknown) => error);
      },
      async (socket) => {
        socket.write(post(header) + start);
        await once(socket, 'data');
        socket.destroy();
      },
    );
    const error = await outcome;
    expect(isBodyAborted(error)).toBe(true);
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('is aborted where the client has gone before the first read', async () => {
    const error = await onTheWire(
      async (request, response) => {
        response.write('go');
        await new Promise((resolve) => {
          request.once('close', resolve);
        });
        return new BodyReader(request, { limit: 0 }).bytes().catch((reason: unknown) => reason);
      },
      async (socket) => {
        socket.write(post('Content-Length: 9'));
        await once(socket, 'data');
        socket.destroy();
      },
    );
    expect(isBodyAborted(error)).toBe(true);
  });

  it('leaves the connection usable for the next request once it is discarded', async () => {
    let answers = '';
    const reached = await onTheWire(
      async (request, response) => {
        const reader = new BodyReader(request, { limit: 0, declaredLength: 300_000 });
        await reader.read(1);
        const end = await reader.discard(300_000);
        response.end('first');
        return end;
      },
      async (socket) => {
        socket.setEncoding('latin1').on('data', (text: string) => (answers += text));
        socket.write(post('Content-Length: 300000') + 'x'.repeat(300_000) + 'GET /next HTTP/1.1\r\nHost: x\r\n\r\n');
        while (!answers.includes('first') || answers.split('HTTP/1.1').length < 3) await once(socket, 'data');
      },
    );
    expect(reached).toBe(true);
  });
});
