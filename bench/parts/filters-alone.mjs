// A body through a chain of filters, and nothing else.
import { Writable } from 'node:stream';
import { toNamedFilter } from '../../dist/core/filter/named-filter.js';
import { OutputChain } from '../../dist/core/filter/output-chain.js';
import { fakeRequest } from '../../dist/testing/index.js';
import { forms, nodeFilter, webFilter, works } from './filter-work.mjs';

/** How long one round lasts, in milliseconds. */
const stretch = 100;

/**
 * The microseconds that a body takes in the best of the rounds; undefined where there is no such chain.
 *
 * @param {string} way
 * @param {number} count
 * @param {string} workName
 * @param {{ pieces: number, bytes: number }} body
 * @param {number} rounds
 */
export async function alone(way, count, workName, body, rounds) {
  const work = works[workName] ?? works['pass'];
  const pieces = Array.from({ length: body.pieces }, () => Buffer.alloc(body.bytes, 'a line of text\n'));
  const send = sender(way, count, work, pieces);
  if (send === undefined) return undefined;
  let best = Number.POSITIVE_INFINITY;
  for (let round = -1; round < rounds; round++) {
    const started = performance.now();
    let bodies = 0;
    while (performance.now() - started < stretch || bodies === 0) {
      await send();
      bodies++;
    }
    if (round >= 0) best = Math.min(best, (1_000 * (performance.now() - started)) / bodies);
  }
  return best;
}

/** @typedef {import('./filter-work.mjs').Work} Work */

/**
 * @param {string} way
 * @param {number} count
 * @param {Work} work
 * @param {readonly Uint8Array[]} pieces
 * @returns {(() => void | Promise<void>) | undefined}
 */
function sender(way, count, work, pieces) {
  const form = forms[way];
  if (form !== undefined) {
    const r = fakeRequest();
    return () => throughChain(r, count, form(work), pieces);
  }
  if (count === 0) return undefined;
  return way.startsWith('web') ? () => throughWeb(count, work, pieces) : () => throughNode(count, work, pieces);
}

/**
 * @param {import('../../dist/testing/index.js').FakeRequest} r
 * @param {number} count
 * @param {import('../../dist/index.js').Filter} filter
 * @param {readonly Uint8Array[]} pieces
 */
async function throughChain(r, count, filter, pieces) {
  const chain = new OutputChain(r, { receive: () => undefined });
  for (let at = 0; at < count; at++) chain.add(toNamedFilter(filter));
  for (const piece of pieces) {
    const written = chain.write(piece);
    if (written !== undefined) await written;
  }
  await chain.end();
  for (let cleanup = r.takeCleanup(); cleanup !== undefined; cleanup = r.takeCleanup()) cleanup();
}

/**
 * @param {number} count
 * @param {Work} work
 * @param {readonly Uint8Array[]} pieces
 */
async function throughNode(count, work, pieces) {
  const chain = Array.from({ length: count }, () => nodeFilter(work));
  const end = new Writable({ write: (_chunk, _encoding, done) => done() });
  for (const [at, filter] of chain.entries()) filter.pipe(chain[at + 1] ?? end);
  const [first = end] = chain;
  const finished = new Promise((resolve) => end.once('finish', resolve));
  for (const piece of pieces) if (!first.write(piece)) await new Promise((resolve) => first.once('drain', resolve));
  first.end();
  await finished;
}

/**
 * @param {number} count
 * @param {Work} work
 * @param {readonly Uint8Array[]} pieces
 */
async function throughWeb(count, work, pieces) {
  let at = 0;
  let body = new ReadableStream({
    pull(controller) {
      if (at < pieces.length) controller.enqueue(pieces[at++]);
      else controller.close();
    },
  });
  for (let left = count; left > 0; left--) body = body.pipeThrough(webFilter(work));
  const reader = body.getReader();
  while (!(await reader.read()).done);
}
