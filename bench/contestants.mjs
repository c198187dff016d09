import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apache } from './servers/apache.mjs';
import { modPython } from './servers/mod-python.mjs';
import { nginx } from './servers/nginx.mjs';

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} version
 * @property {(workload: string) => boolean} takesPart
 * @property {(workload: string, port: number, folder: string) => import('./server-process.mjs').ServerCommand} prepare
 */

/** Where the version of each contender in `contenders/` is found; bare is Node itself. */
const packages = [
  ['bare', undefined],
  ['koa', '../node_modules/koa'],
  ['express', '../node_modules/express'],
  ['fastify', '../node_modules/fastify'],
  ['hono', '../node_modules/hono'],
  ['sluice', '..'],
];

/** Those that run in Node; bare, the measure of the others, comes first. */
export const contenders = packages.map(([name = '', folder]) => nodeContender(name, folder));

/** Programs of their own, where they are installed. */
export const servers = [apache, modPython, nginx];

/**
 * @param {string} name
 * @param {string | undefined} folder
 * @returns {Contestant}
 */
function nodeContender(name, folder) {
  const version = folder === undefined ? process.version : readVersion(join(import.meta.dirname, folder));
  return {
    name,
    version,
    takesPart: () => true,
    prepare: (workload, port) => ({
      command: process.execPath,
      args: [join(import.meta.dirname, 'serve.mjs'), name, workload, String(port)],
      isNode: true,
    }),
  };
}

/** @param {string} folder */
function readVersion(folder) {
  return String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version);
}
