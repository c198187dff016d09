import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

export const serverCore = 0;
export const loadCore = 1;

/** Whether the server and the load can be kept on a core each. */
export const canPin =
  availableParallelism() > 1 &&
  spawnSync('taskset', ['-c', String(loadCore), 'true'], { stdio: 'ignore' }).status === 0;

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Starts a process on one core, where that is possible.
 *
 * @param {number} core
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
export function startPinned(core, command, args, options) {
  // taskset becomes the program itself, so the process id is the program's.
  const child = canPin
    ? spawn('taskset', ['-c', String(core), command, ...args], options)
    : spawn(command, args, options);
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Lets a process finish for a moment, then ends it. */
export async function end(/** @type {ChildProcess} */ child) {
  if (!running.has(child)) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(impatience);
}

/** Ends all processes, now. */
export function endAll() {
  for (const child of running) child.kill('SIGTERM');
}
