import { describe, expect, it } from '@jest/globals';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Filter, OK, type RequestRecord } from '../../../index.ts';
import { collectLog, testHandler } from '../../../testing/index.ts';
import { get } from '../../raw-request.ts';

const CHUNK = 65_536;
const CHUNKS = 800;

const filters: Readonly<Record<string, Filter | undefined>> = {
  'no filter': undefined,
  'a filter that waits': { data: (chunk, f) => f.passOn(chunk) },
  'a filter that ignores back-pressure': { data: (chunk, f) => void f.passOn(chunk) },
  'a generator': async function* (chunks, _f) {
    yield* chunks;
  },
};

describe.each(Object.entries(filters))('a client that does not read, behind %s', (_, filter) => {
  it('makes the handler wait, and gets everything in the end', async () => {
    let written = 0;
    const app = await testHandler(async (r: RequestRecord) => {
      if (filter !== undefined) r.addOutputFilter(filter);
      for (; written < CHUNKS; written++) await r.write(Buffer.alloc(CHUNK));
      return 'end';
    });
    const server = createServer(app);
    const socket = await open(server);
    socket.pause();
    socket.write(get('/'));
    const stalledAt = await whenSteady(() => written);
    // The buffers of both sockets in the kernel hold some megabytes of the 52.
    expect(stalledAt).toBeGreaterThan(0);
    expect(stalledAt).toBeLessThan(CHUNKS / 2);
    let received = 0;
    await new Promise((resolve) =>
      socket
        .on('data', (data) => (received += data.length))
        .on('end', resolve)
        .resume(),
    );
    expect(written).toBe(CHUNKS);
    expect(received).toBeGreaterThan(CHUNK * CHUNKS);
    server.close();
  });
});

it('a client that goes away while the handler waits lets it come to its end', async () => {
  const log = collectLog();
  let socketGone: () => void = () => undefined;
  const finished = new Promise<boolean>((resolve) => {
    void (async () => {
      const app = await testHandler(
        async (r) => {
          r.headersOut.set('Content-Length', CHUNK * CHUNKS);
          for (let count = 0; count < CHUNKS && !r.signal.aborted; count++) await r.write(Buffer.alloc(CHUNK));
          resolve(r.connection.aborted);
          return OK;
        },
        { plugins: [log] },
      );
      const server = createServer(app);
      const socket = await open(server);
      socket.once('data', () => socketGone());
      socketGone = () => void socket.destroy().once('close', () => server.close());
      socket.write(get('/'));
    })();
  });
  expect(await finished).toBe(true);
  expect(log.messages()).toEqual([]);
});

async function open(server: Server): Promise<ReturnType<typeof connect>> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return connect((server.address() as AddressInfo).port, '127.0.0.1');
}

/** The value once it has been the same for a while, and not its first one. */
async function whenSteady(value: () => number): Promise<number> {
  for (let before = -1; ; before = value()) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (value() > 0 && value() === before) return before;
  }
}
