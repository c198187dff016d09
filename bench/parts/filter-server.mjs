// One way of sending a body through filters: node filter-server.mjs PORT WAY FILTERS WORK PIECES LENGTH
import { createServer } from 'node:http';
import { createApp } from '../../dist/index.js';
import { forms, nodeFilter, webFilter, works } from './filter-work.mjs';

// Whatever becomes of the parent, this process doesn't outlive it.
process.once('disconnect', () => process.exit());

const [port, way = '', filterCount, workName = '', pieceCount, length] = process.argv.slice(2);
const pieces = Array.from({ length: Number(pieceCount) }, () => Buffer.alloc(Number(length), 'a line of text\n'));

const work = works[workName] ?? works['pass'];

/** @param {import('node:http').ServerResponse} response */
async function writeAll(response) {
  for (const piece of pieces) if (!response.write(piece)) await drained(response);
  response.end();
}

/** @param {import('node:stream').Writable} stream */
function drained(stream) {
  return new Promise((resolve) => stream.once('drain', resolve));
}

/** @param {import('node:http').ServerResponse} response */
async function pipeAll(response) {
  const chain = Array.from({ length: Number(filterCount) }, () => nodeFilter(work));
  for (const [at, filter] of chain.entries()) filter.pipe(chain[at + 1] ?? response);
  const first = chain[0] ?? response;
  for (const piece of pieces) if (!first.write(piece)) await drained(first);
  first.end();
}

/** @param {import('node:http').ServerResponse} response */
async function pipeWeb(response) {
  let at = 0;
  let body = new ReadableStream({
    pull(controller) {
      if (at < pieces.length) controller.enqueue(pieces[at++]);
      else controller.close();
    },
  });
  for (let count = 0; count < Number(filterCount); count++) body = body.pipeThrough(webFilter(work));
  for await (const piece of body) if (!response.write(piece)) await drained(response);
  response.end();
}

/** @param {string} form */
function sluice(form) {
  const names = Array.from({ length: Number(filterCount) }, (_, at) => `F${at}`);
  return createApp({
    setOutputFilter: names.join(';') || 'None',
    outputFilter: names.map((name) => /** @type {const} */ ([name, forms[form](work)])),
    async contentHandler(r) {
      r.contentType = 'text/plain';
      for (const piece of pieces) {
        const written = r.write(piece);
        if (written !== undefined) await written;
      }
      return 0;
    },
  });
}

/** @type {Record<string, (response: import('node:http').ServerResponse) => Promise<void>>} */
const peers = { 'res.write': writeAll, 'Node Transform, piped': pipeAll, 'web TransformStream, piped': pipeWeb };
const peer = peers[way];
if (peer === undefined) {
  const app = sluice(way);
  await app.ready();
  const callback = app.callback();
  createServer((request, response) => void callback(request, response)).listen(Number(port), '127.0.0.1');
} else {
  createServer((_, response) => {
    response.setHeader('Content-Type', 'text/plain');
    void peer(response);
  }).listen(Number(port), '127.0.0.1');
}
