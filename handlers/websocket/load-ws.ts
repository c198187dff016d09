import { createRequire } from 'node:module';
import type * as Ws from 'ws';
import { codeOf } from '../../core/thrown.ts';

/** The package `ws`, which is installed by those who need it. Throws an Error that says how, where it isn't there. */
export function loadWs(): typeof Ws {
  try {
    return createRequire(import.meta.url)('ws') as typeof Ws;
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('websocket() needs the package ws; install it with "npm install ws"', { cause: error });
  }
}
