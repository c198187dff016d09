// What a request costs as config, plugins, connections and workers grow: node bench/growth-cost.mjs [--seconds N] [--rounds N]
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { folder, measureSluice, startSluice } from './cost.mjs';
import { load } from './load.mjs';
import { processorSeconds, residentMegabytes } from './process-usage.mjs';
import { markdownTable } from './table.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '6' } },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const path = '/page.txt';

await compare('Location sections', [0, 10, 100, 1_000], (count) =>
  lines(count, (n) => `<Location /area-${n}>\n  Header set X-Area ${n}\n</Location>`),
);
await compare('plugins with a hook in each phase', [0, 1, 5, 20], (count) =>
  lines(count, (n) => `Plugin ${writePlugin(n)}`),
);
await compareConnections([0, 10, 100, 1_000, 10_000]);
await compareWorkers([1, 2]);

/**
 * @param {string} what
 * @param {readonly number[]} counts
 * @param {(count: number) => string} write
 */
async function compare(what, counts, write) {
  const configs = Object.fromEntries(counts.map((count) => [String(count), { text: write(count), path }]));
  const costs = await measureSluice({ configs, modules: [], seconds, rounds });
  const rows = counts.map((count) => [String(count), (costs[count] ?? Number.NaN).toFixed(1)]);
  console.log(`${markdownTable([what, 'CPU µs a request'], rows).join('\n')}\n`);
}

/**
 * Connections that have had an answer and wait for the next request, while 32 others are busy.
 *
 * @param {readonly number[]} counts
 */
async function compareConnections(counts) {
  const server = await startSluice('KeepAliveTimeout 600');
  const { port, pid = 0 } = server;
  const workload = { path, method: 'GET', headers: {} };
  const idle = [];
  const rows = [];
  await load(workload, port, 1, 32);
  const memory = residentMegabytes(pid);
  for (const count of counts) {
    while (idle.length < count) idle.push(...(await openIdle(port, Math.min(100, count - idle.length))));
    const before = processorSeconds(pid);
    const grown = residentMegabytes(pid) - memory;
    const { requestsPerSecond } = await load(workload, port, seconds, 32);
    const cost = (1e6 * (processorSeconds(pid) - before)) / (requestsPerSecond * seconds);
    rows.push([String(count), cost.toFixed(1), count < 1_000 ? '' : ((1_024 * grown) / count).toFixed(1)]);
  }
  for (const socket of idle) socket.destroy();
  await server.stop();
  console.log(markdownTable(['idle connections', 'CPU µs a request', 'kB each'], rows).join('\n'));
}

/**
 * Processes that accept on one port, all on the core of the server: what they cost, not what more cores bring.
 *
 * @param {readonly number[]} counts
 */
async function compareWorkers(counts) {
  const workload = { path, method: 'GET', headers: {} };
  const rows = [];
  for (const count of counts) {
    const server = await startSluice('', count);
    const { port, pid = 0 } = server;
    const costs = [];
    for (let round = -1; round < rounds; round++) {
      const before = processorSeconds(pid);
      const length = round < 0 ? 1 : seconds;
      const { requestsPerSecond } = await load(workload, port, length, 32);
      if (round >= 0) costs.push((1e6 * (processorSeconds(pid) - before)) / (requestsPerSecond * length));
    }
    rows.push([String(count), Math.min(...costs).toFixed(1), residentMegabytes(pid).toFixed(0)]);
    await server.stop();
  }
  console.log(`\n${markdownTable(['workers', 'CPU µs a request', 'MB in all'], rows).join('\n')}`);
}

/**
 * @param {number} port
 * @param {number} count
 */
function openIdle(port, count) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`HEAD ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(socket, 'data');
      return socket;
    }),
  );
}

/** @param {number} n */
function writePlugin(n) {
  const file = join(folder, `plugin-${n}.mjs`);
  const index = pathToFileURL(join(import.meta.dirname, '../dist/index.js')).href;
  writeFileSync(
    file,
    `import { DECLINED, OK, definePlugin, phases } from '${index}';
// Whoever is asked whether a request is authorized must say so.
const hooks = phases.map(({ name }) => [name, name === 'authorize' ? () => OK : () => DECLINED]);
export default definePlugin({ name: 'growth_${n}', phases: Object.fromEntries(hooks) });
`,
  );
  return file;
}

/**
 * @param {number} count
 * @param {(n: number) => string} write
 */
function lines(count, write) {
  return Array.from({ length: count }, (_, n) => write(n)).join('\n');
}
