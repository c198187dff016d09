import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

/**
 * Compares a contender's answer with the expected one, byte for byte, twice: the second may come from a cache.
 *
 * @param {import('./workloads.mjs').Workload} workload
 * @param {number} port
 * @param {string} logFile
 * @returns {Promise<string | undefined>} What is wrong.
 */
export async function check(workload, port, logFile) {
  for (let time = 1; time <= 2; time++) {
    const difference = compare(workload, await ask(workload, port));
    if (difference !== undefined) return difference;
  }
  return workload.logLine === undefined ? undefined : checkLog(workload.logLine, logFile);
}

/** @typedef {{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: Buffer }} Answer */

/**
 * @param {import('./workloads.mjs').Workload} workload
 * @param {number} port
 * @returns {Promise<Answer>}
 */
function ask({ method, path, headers, body }, port) {
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
  const options = { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false };
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, timeout: 5000 }, (response) => {
      const { statusCode: status, headers: given } = response;
      buffer(response).then((whole) => resolve({ status, headers: given, body: whole }), reject);
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer within 5 s')));
    sent.once('error', reject);
    sent.end(body);
  });
}

/**
 * @param {import('./workloads.mjs').Workload} workload
 * @param {Answer} answer
 * @returns {string | undefined}
 */
export function compare({ answer, answerHeaders }, { status, headers, body }) {
  if (status !== 200) return `the answer has status ${status} instead of 200`;
  for (const [name, expected] of Object.entries(answerHeaders)) {
    const given = String(headers[name]);
    if (typeof expected === 'string' ? given !== expected : !expected.test(given)) {
      return `the answer has ${name}: ${given} instead of ${expected}`;
    }
  }
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  if (plain.equals(Buffer.from(answer))) return undefined;
  return `the answer's body (${plain.length} bytes) isn't the expected one (${Buffer.byteLength(answer)} bytes)`;
}

/**
 * @param {RegExp} line
 * @param {string} file
 */
async function checkLog(line, file) {
  let written = '';
  for (let tries = 0; tries < 100; tries++) {
    written = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
    if (line.test(written)) return undefined;
    await wait(20);
  }
  return `the access log has no such line as ${line}, but: ${written.split('\n')[0] || '(nothing)'}`;
}
