// What a request costs the processor under several configs, in Sluice or in Apache. The processor's time is counted, as Linux
// tells it, for it says more than the clock's on a busy machine.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll } from './children.mjs';
import { writeFiles } from './files.mjs';
import { load } from './load.mjs';
import { processorSeconds } from './process-usage.mjs';
import { ServerProcess, freePort } from './server-process.mjs';
import { apacheConfig, apacheProgram } from './servers/apache.mjs';

/** Where the servers' files are, those of the other comparisons among them; goes with the process. */
export const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
process.once('exit', () => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});
// Apache's workers read the files as another user.
chmodSync(folder, 0o755);
writeFiles(folder);

/**
 * @typedef {object} Task
 * @property {Readonly<Record<string, { text: string, path: string, headers?: Readonly<Record<string, string>> }>>} configs
 *   Lines of config, and what is asked for.
 * @property {readonly string[]} modules What Apache needs beyond the usual ones.
 * @property {number} seconds
 * @property {number} rounds
 */

/**
 * Microseconds of the processor per request for each config; undefined for Apache where it isn't installed.
 *
 * @param {Task} task
 * @returns {Promise<{ sluice: Record<string, number>, apache: Record<string, number> | undefined }>}
 */
export async function measureCosts(task) {
  const found = apacheProgram();
  return {
    sluice: await measureSluice(task),
    apache:
      found === undefined
        ? undefined
        : await measure(
            task,
            (port, text) => apacheConfig(port, folder, { modules: task.modules, text }),
            (file) => ({ command: found.command, args: ['-DFOREGROUND', '-f', file] }),
          ),
  };
}

/**
 * The same for Sluice alone.
 *
 * @param {Task} task
 * @returns {Promise<Record<string, number>>}
 */
export function measureSluice(task) {
  return measure(task, sluiceConfig, (file) => sluiceCommand(file));
}

/**
 * Starts Sluice with some lines of config, in one process or as a cluster.
 *
 * @param {string} text
 * @param {number} [workers]
 */
export function startSluice(text, workers) {
  return start(text, sluiceConfig, (file) => sluiceCommand(file, workers));
}

/**
 * The least of the rounds, which the configs take in turns.
 *
 * @param {Task} task
 * @param {(port: number, text: string) => string} write
 * @param {(file: string) => import('./server-process.mjs').ServerCommand} command
 * @returns {Promise<Record<string, number>>}
 */
async function measure({ configs, seconds, rounds }, write, command) {
  const servers = new Map();
  for (const [kind, { text }] of Object.entries(configs)) servers.set(kind, await start(text, write, command));
  const costs = new Map([...servers.keys()].map((kind) => [kind, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [kind, { port, pid }] of servers) {
      const { path, headers = {} } = configs[kind];
      const before = processorSeconds(pid);
      const length = round < 0 ? 1 : seconds;
      const sample = await load({ path, method: 'GET', headers }, port, length, 32);
      if (sample.badStatus > 0 || sample.socketErrors > 0) throw new Error(`${kind} failed on port ${port}`);
      const used = processorSeconds(pid) - before;
      if (round >= 0) costs.get(kind).push((1e6 * used) / (sample.requestsPerSecond * length));
    }
  }
  for (const server of servers.values()) await server.stop();
  return Object.fromEntries([...costs].map(([kind, samples]) => [kind, Math.min(...samples)]));
}

/**
 * @param {string} text
 * @param {(port: number, text: string) => string} write
 * @param {(file: string) => import('./server-process.mjs').ServerCommand} command
 */
async function start(text, write, command) {
  const port = await freePort();
  const file = join(folder, `${port}.conf`);
  writeFileSync(file, write(port, text));
  const server = new ServerProcess(port, command(file), {});
  await server.ready();
  return server;
}

/**
 * @param {string} file
 * @param {number} [workers]
 */
function sluiceCommand(file, workers) {
  const program = join(import.meta.dirname, 'serve-config.mjs');
  const args = workers === undefined ? [program, file] : [program, file, String(workers)];
  return { command: process.execPath, args, isNode: true };
}

/**
 * @param {number} port
 * @param {string} text
 */
function sluiceConfig(port, text) {
  return `Listen 127.0.0.1:${port}\nServerName localhost\nDocumentRoot ${folder}/htdocs\n${text}\n`;
}
