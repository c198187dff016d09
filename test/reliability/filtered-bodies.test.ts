import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { openSync, readdirSync, writeFileSync, closeSync } from 'node:fs';
import { Agent, type IncomingMessage, type Server, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ContentVerdict, type Filter, OK, type RequestRecord } from '../../index.ts';
import { type CollectedLog, collectLog, testApp } from '../../testing/index.ts';
import { forms } from '../core/filter/forms.ts';

/** More by hand: `BODIES=2000 npx jest test/reliability/filtered-bodies`. */
const count = Number(process.env['BODIES'] ?? 200);

/** What filters do to bytes that stand for text in latin1, whatever the chunks. */
const works: Readonly<Record<string, { chunk?: (text: string) => readonly string[]; end?: () => readonly string[] }>> =
  {
    nothing: {},
    upper: { chunk: (text) => [text.toUpperCase()] },
    drop: { chunk: (text) => [text.replaceAll('e', '')] },
    double: { chunk: (text) => [text.replaceAll('a', 'aa')] },
    split: { chunk: (text) => [text.slice(0, 7), text.slice(7)] },
    append: { end: () => ['[the ', 'end]'] },
  };

interface Chosen {
  readonly work: string;
  readonly form: string;
}

const filter = fc.record({
  work: fc.constantFrom(...Object.keys(works)),
  form: fc.constantFrom(...Object.keys(forms)),
});

/** One body: its length, what it is cut into, where FLUSH stands, the filters, and whether the client leaves early. */
const exchange = fc.record({
  length: fc.oneof(fc.nat(50), fc.nat(20_000), fc.nat(120_000)),
  pieces: fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 12 }),
  flushEvery: fc.nat(5),
  filters: fc.array(filter, { minLength: 5, maxLength: 5 }),
  direction: fc.constantFrom('output', 'input'),
  leaves: fc.integer({ min: 1, max: 10 }).map((n) => n === 1),
});
type Exchange = typeof exchange extends fc.Arbitrary<infer T> ? T : never;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let server: Server;
let log: CollectedLog;
let current: Exchange;

beforeAll(async () => {
  log = collectLog();
  const app = await testApp({ plugins: [log], contentHandler: answer });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

it(`${count} bodies through five filters each arrive as they should, and so does the next one on the connection`, async () => {
  await fc.assert(
    fc.asyncProperty(exchange, async (one) => {
      current = one;
      const expected = digest(applied(one.filters, textOf(one.length)));
      const got = one.leaves ? await leaveEarly() : await ask();
      if (got !== undefined) expect(got).toBe(expected);
      expect(await (await send('/next', 'GET')).text).toBe('next');
    }),
    { numRuns: count, interruptAfterTimeLimit: 240_000 },
  );
  // What clients did that left is no error of the server.
  expect(log.messages().filter((message) => !/BodyAborted|aborted|ECONNRESET/.test(message))).toEqual([]);
}, 250_000);

describe('clients that vanish', () => {
  it('leave no open file behind, downloading or uploading', async () => {
    const path = join(tmpdir(), `sluice-vanish-${process.pid}`);
    writeFileSync(path, 'x'.repeat(3_000_000));
    current = { ...someFilters, length: 0, pieces: [1], flushEvery: 0, direction: 'output', leaves: true };
    const before = await openFiles();
    for (let at = 0; at < 40; at++) {
      const uploads = at % 2 === 1;
      const sent = httpRequest({
        port: portOf(server),
        path: uploads ? '/in' : `/file?${path}`,
        method: uploads ? 'POST' : 'GET',
      });
      sent.on('error', () => undefined);
      if (uploads) sent.write('x'.repeat(100_000));
      else sent.end();
      sent.on('response', (response) => response.once('data', () => sent.destroy()));
      setTimeout(() => sent.destroy(), 20);
      await new Promise((resolve) => sent.once('close', resolve));
    }
    for (let waited = 0; waited < 3_000 && (await openFiles()) > before; waited += 50) await wait(50);
    expect(await openFiles()).toBeLessThanOrEqual(before);
  }, 15_000);
});

const someFilters = { filters: Object.keys(forms).map((form) => ({ work: 'upper', form })) };

async function answer(r: RequestRecord): Promise<ContentVerdict> {
  if (r.uri === '/next') return 'next';
  if (r.uri === '/in') {
    for (const chosen of current.filters.toReversed()) r.addInputFilter(toFilter(chosen));
    const hash = createHash('sha256');
    for await (const piece of r.body) hash.update(piece);
    return hash.digest('hex');
  }
  for (const chosen of current.filters) r.addOutputFilter(toFilter(chosen));
  if (r.uri === '/file') {
    await r.sendFile(r.args!);
    return OK;
  }
  const text = textOf(current.length);
  let turn = 0;
  for (let at = 0; at < text.length; turn++) {
    const piece = text.slice(at, at + current.pieces[turn % current.pieces.length]!);
    at += piece.length;
    await r.write(turn % 2 === 0 ? piece : Buffer.from(piece));
    if (current.flushEvery > 0 && turn % current.flushEvery === 0) await r.flush();
  }
  return OK;
}

function toFilter({ work, form }: Chosen): Filter {
  return forms[form]!(works[work]!);
}

function applied(filters: readonly Chosen[], text: string): string {
  return filters.reduce((body, { work }) => {
    const { chunk, end } = works[work]!;
    return [...(chunk === undefined || body === '' ? [body] : chunk(body)), ...(end?.() ?? [])].join('');
  }, text);
}

/** The same for the same length; long enough that no two places look alike. */
function textOf(length: number): string {
  const words = ['the quick ', 'brown fox ', 'jumps over ', 'a lazy dog '];
  let text = '';
  for (let at = 0; text.length < length; at++) text += `${at} ${words[at % words.length]}`;
  return text.slice(0, length);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function ask(): Promise<string> {
  if (current.direction === 'input') return (await send('/in', 'POST', textOf(current.length))).text;
  return digest(await (await send('/out', 'GET')).text);
}

/** The connection is gone with the client; the next request makes a new one. */
async function leaveEarly(): Promise<undefined> {
  const isInput = current.direction === 'input';
  const sent = httpRequest({
    agent,
    port: portOf(server),
    path: isInput ? '/in' : '/out',
    method: isInput ? 'POST' : 'GET',
  });
  sent.on('error', () => undefined);
  if (isInput) sent.write(textOf(Math.ceil(current.length / 2)));
  else sent.end();
  const closed = new Promise((resolve) => sent.once('close', resolve));
  await Promise.race([new Promise((resolve) => sent.once('response', resolve)), wait(2)]);
  sent.destroy();
  await closed;
  return undefined;
}

function send(path: string, method: string, body = ''): Promise<{ text: Promise<string> }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ agent, port: portOf(server), path, method }, (response) =>
      resolve({ text: textIn(response) }),
    );
    sent.on('error', reject);
    for (let at = 0; at < body.length; at += 40_000) sent.write(body.slice(at, at + 40_000));
    sent.end();
  });
}

async function textIn(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function portOf(listening: Server): number {
  return (listening.address() as AddressInfo).port;
}

/** Of this process; the one that counts is closed again. */
async function openFiles(): Promise<number> {
  await wait(1);
  closeSync(openSync('/dev/null', 'r'));
  return readdirSync('/proc/self/fd').length;
}
