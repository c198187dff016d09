// What Linux tells of a process and its children; elsewhere nothing is known.
import { existsSync, readFileSync } from 'node:fs';

export const knowsUsage = existsSync('/proc/self/stat');

/**
 * Processor time so far, in seconds, in steps of a hundredth.
 *
 * @param {number} pid
 * @returns {number}
 */
export function processorSeconds(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13);
  return sum(childrenOf(pid).map(processorSeconds), (Number(user) + Number(system)) / 100);
}

/**
 * Memory that is resident at the moment, in megabytes.
 *
 * @param {number} pid
 * @returns {number}
 */
export function residentMegabytes(pid) {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return sum(childrenOf(pid).map(residentMegabytes), Number(kilobytes) / 1024);
}

/** @param {number} pid */
function childrenOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/**
 * @param {readonly number[]} values
 * @param {number} own
 */
function sum(values, own) {
  return values.reduce((total, value) => total + value, own);
}
