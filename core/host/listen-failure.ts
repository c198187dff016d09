import { ConfigError } from '../config/config-error.ts';
import type { ListenAddress } from '../directives/server-directives.ts';
import { codeOf } from '../thrown.ts';

/** What keeps a server from listening, by Node's error code. */
const reasons = new Map<unknown, (address: ListenAddress) => string>([
  ['EADDRINUSE', ({ port }) => `port ${port} is taken by another program; stop that one, or name another port`],
  [
    'EACCES',
    ({ port }) => `port ${port} may not be listened on by this user; ports below 1024 are often for root only`,
  ],
  ['EADDRNOTAVAIL', ({ host }) => `this machine has no address ${host}; listen on one of its own, or on a port alone`],
  ['ENOTFOUND', ({ host }) => `there is no host ${host}; listen on an address of this machine, or on a port alone`],
]);

/** The error of an address that can't be had, placed at the Listen line that asks for it, if there is one. */
export function listenFailure(failure: Error, address: ListenAddress): Error {
  const reason = reasons.get(codeOf(failure))?.(address);
  if (reason === undefined) return failure;
  if (address.at !== undefined) return new ConfigError(address.at, reason, { cause: failure });
  return Object.assign(new Error(reason, { cause: failure }), { code: codeOf(failure) });
}
