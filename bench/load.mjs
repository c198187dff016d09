import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadCore, startPinned } from './children.mjs';

const hasWrk = spawnSync('wrk', ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * @typedef {object} Sample What one stretch of load found.
 * @property {number} requestsPerSecond
 * @property {number} p99 Milliseconds.
 * @property {number} badStatus Answers that aren't 2xx (wrk counts from 400 on; the check before saw a 200).
 * @property {number} socketErrors
 * @property {number} [processor] The server's microseconds of processor time per request.
 * @property {number} [memory] The server's megabytes behind the load.
 */

/**
 * The program that makes the load; wrk takes whole seconds only.
 *
 * @param {number} seconds
 * @returns {'wrk' | 'autocannon'}
 */
export function loadGenerator(seconds) {
  return hasWrk && Number.isInteger(seconds) ? 'wrk' : 'autocannon';
}

/**
 * Sends a workload's request over and over.
 *
 * @param {import('./workloads.mjs').Workload} workload
 * @param {number} port
 * @param {number} seconds
 * @param {number} connections
 * @returns {Promise<Sample>}
 */
export function load(workload, port, seconds, connections) {
  const url = `http://127.0.0.1:${port}${workload.path}`;
  if (loadGenerator(seconds) === 'autocannon') {
    const { method, headers, body } = workload;
    const options = { url, method, headers, ...(body === undefined ? {} : { body }), connections, duration: seconds };
    return run(process.execPath, [join(import.meta.dirname, 'autocannon.mjs'), JSON.stringify(options)], seconds, {});
  }
  const headers = Object.entries(workload.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const script = ['-s', join(import.meta.dirname, 'wrk.lua')];
  const pace = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '5s'];
  return run('wrk', [...pace, ...script, ...headers, url], seconds, {
    BENCH_METHOD: workload.method,
    ...(workload.body === undefined ? {} : { BENCH_BODY: workload.body }),
  });
}

/**
 * Both programs print one line of JSON last.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} seconds
 * @param {Record<string, string>} environment
 * @returns {Promise<Sample>}
 */
function run(command, args, seconds, environment) {
  const child = startPinned(loadCore, command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    timeout: seconds * 1000 + 15_000,
  });
  let output = '';
  let complaint = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (complaint += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
      else reject(new Error(`${command} ended with ${code}: ${complaint.trim().slice(0, 300)}`));
    });
  });
}
