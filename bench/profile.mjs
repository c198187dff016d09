import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { contenders } from './contestants.mjs';
import { load } from './load.mjs';
import { ServerProcess, freePort } from './server-process.mjs';
import { markdownTable } from './table.mjs';

/** @typedef {import('node:inspector').Profiler.Profile} Profile */
/** @typedef {import('node:inspector').Profiler.ProfileNode} ProfileNode */

const root = pathToFileURL(join(import.meta.dirname, '..')).href;
const shownFunctions = 12;

/** What a function belongs to, by where its code is; the first that fits. */
const owners = /** @type {const} */ ([
  ['Sluice', ({ url }) => url.startsWith(`${root}/dist/`)],
  ['handlers and filters of the workload', ({ url }) => url.startsWith(`${root}/bench/`)],
  ['packages', ({ url }) => url.includes('/node_modules/')],
  ["Node's JavaScript", ({ url }) => url.startsWith('node:')],
  ['garbage collection', ({ functionName }) => functionName === '(garbage collector)'],
  ["Node's C++ and the system", () => true],
]);

/**
 * Profiles Sluice under a workload; writes `NAME.cpuprofile`, which browsers' developer tools and editors open, and gives a
 * report on whose code took the time.
 *
 * @param {import('./workloads.mjs').Workload} workload
 * @param {{ seconds: number, connections: number, folder: string }} terms
 * @returns {Promise<string>}
 */
export async function profile(workload, { seconds, connections, folder }) {
  const port = await freePort();
  const sluice = contenders.find(({ name }) => name === 'sluice');
  if (sluice === undefined) throw new Error('there is no contender called sluice');
  const environment = { BENCH_FOLDER: folder, BENCH_LOG: join(folder, 'profile.log') };
  const server = new ServerProcess(port, sluice.prepare(workload.id, port, folder), environment);
  try {
    await server.ready();
    await load(workload, port, 2, connections);
    await server.ask('startProfile');
    await load(workload, port, seconds, connections);
    const found = /** @type {Profile} */ (await server.ask('stopProfile'));
    const file = `${workload.id}.cpuprofile`;
    writeFileSync(file, JSON.stringify(found));
    return [...report(found), '', `${file} opens in the performance panel of a browser's developer tools.`].join('\n');
  } finally {
    await server.stop();
  }
}

/** @param {Profile} profile */
function report({ nodes, samples = [], timeDeltas = [] }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Map<ProfileNode, number>} */
  const times = new Map();
  for (const [at, id] of samples.entries()) {
    const node = byId.get(id);
    if (node === undefined || node.callFrame.functionName === '(idle)') continue;
    times.set(node, (times.get(node) ?? 0) + (timeDeltas[at] ?? 0));
  }
  const shares = owners.map(([owner]) => [owner, share(times, (frame) => ownerOf(frame) === owner)]);
  const functions = [...times.keys()].map(({ callFrame }) => callFrame).filter((frame) => ownerOf(frame) === 'Sluice');
  const names = [...new Set(functions.map(nameOf))]
    .map((name) => /** @type {const} */ ([name, share(times, (frame) => nameOf(frame) === name)]))
    .toSorted(([, a], [, b]) => b - a);
  return [
    ...markdownTable(['processor time', 'share'], shares.map(percentage)),
    '',
    ...markdownTable(["Sluice's functions by themselves", 'share'], names.slice(0, shownFunctions).map(percentage)),
  ];
}

/** @param {ProfileNode['callFrame']} frame */
function ownerOf(frame) {
  return owners.find(([, owns]) => owns(frame))?.[0];
}

/** @param {ProfileNode['callFrame']} frame */
function nameOf({ functionName, url, lineNumber }) {
  return `${functionName || '(anonymous)'} ${url.slice(root.length + '/dist/'.length)}:${lineNumber + 1}`;
}

/**
 * @param {ReadonlyMap<ProfileNode, number>} times
 * @param {(frame: ProfileNode['callFrame']) => boolean} counts
 */
function share(times, counts) {
  let [counted, total] = [0, 0];
  for (const [{ callFrame }, time] of times) {
    total += time;
    if (counts(callFrame)) counted += time;
  }
  return total === 0 ? 0 : counted / total;
}

/**
 * @param {readonly (string | number)[]} row
 * @returns {string[]}
 */
function percentage([name, part]) {
  return [String(name), `${(100 * Number(part)).toFixed(1)} %`];
}
