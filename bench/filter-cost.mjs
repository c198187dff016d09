// What filters cost a body, beside the same work as a chain of Node's Transform or of web TransformStream:
// node bench/filter-cost.mjs [--rounds N] [--seconds N]. First the chains alone, in microseconds per body; then as answers,
// in requests per second of the processor's time beside `res.write` without any filter. The best of the rounds counts, which
// the contenders take in turns.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from './load.mjs';
import { alone } from './parts/filters-alone.mjs';
import { processorSeconds } from './process-usage.mjs';
import { ServerProcess, freePort } from './server-process.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '5' } },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

const counts = [0, 1, 3, 5];
const ways = ['object', 'generator', 'transform', 'web', 'Node Transform, piped', 'web TransformStream, piped'];
const bodies = [
  { name: '10 KB', pieces: 10, bytes: 1_024 },
  { name: '10 MB', pieces: 160, bytes: 65_536 },
];

for (const body of bodies) {
  for (const work of ['pass', 'upper']) {
    console.log(`\n${body.name} in ${body.pieces} pieces, ${work}; filters: ${counts.join(', ')}`);
    await measureAlone(work, body);
    await measureServed(work, body);
  }
}

/** @typedef {{ pieces: number, bytes: number }} Body */

/**
 * @param {string} work
 * @param {Body} body
 */
async function measureAlone(work, body) {
  console.log('  alone, microseconds per body');
  for (const way of ways) {
    const costs = [];
    for (const count of counts) costs.push(await alone(way, count, work, body, rounds));
    print(
      way,
      costs.map((cost) => (cost === undefined ? '-' : cost.toFixed(1))),
    );
  }
}

/**
 * Each way by itself beside a server that only writes, so that few servers run at a time.
 *
 * @param {string} work
 * @param {Body} body
 */
async function measureServed(work, body) {
  console.log('  served, beside res.write');
  for (const way of ways) {
    const plain = await start('res.write', 0, work, body);
    const filtered = [];
    for (const count of counts) filtered.push(await start(way, count, work, body));
    for (let round = -1; round < rounds; round++) {
      for (const contender of [plain, ...filtered]) {
        const cost = await costOf(contender.server, round < 0 ? 1 : seconds);
        if (round >= 0) contender.best = Math.min(contender.best, cost);
      }
    }
    print(
      way,
      filtered.map(({ best }) => (plain.best / best).toFixed(2)),
    );
    for (const { server } of [plain, ...filtered]) await server.stop();
  }
}

/**
 * @param {string} way
 * @param {number} count
 * @param {string} work
 * @param {Body} body
 */
async function start(way, count, work, { pieces, bytes }) {
  const port = await freePort();
  const script = join(import.meta.dirname, 'parts/filter-server.mjs');
  const args = [script, port, way, count, work, pieces, bytes].map(String);
  const server = new ServerProcess(port, { command: process.execPath, args, isNode: true }, {});
  await server.ready();
  return { server, best: Number.POSITIVE_INFINITY };
}

/**
 * Seconds of the processor per request.
 *
 * @param {ServerProcess} server
 * @param {number} length
 */
async function costOf({ pid = 0, port }, length) {
  const before = processorSeconds(pid);
  const sample = await load({ path: '/', method: 'GET', headers: {} }, port, length, 16);
  if (sample.badStatus > 0 || sample.socketErrors > 0) throw new Error('a server failed');
  return (processorSeconds(pid) - before) / (sample.requestsPerSecond * length);
}

/**
 * @param {string} way
 * @param {readonly string[]} figures
 */
function print(way, figures) {
  const name = ways.indexOf(way) < 4 ? `Sluice, ${way}` : way;
  console.log(`    ${name.padEnd(28)}${figures.map((figure) => figure.padStart(9)).join('')}`);
}
