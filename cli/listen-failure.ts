import { ConfigError } from '../core/config/config-error.ts';
import type { ListenAddress } from '../core/directives/server-directives.ts';
import { codeOf } from '../core/thrown.ts';
import { CommandError } from './command-error.ts';

/** What `listen` of Node's servers rejects with. */
interface ListenFailure {
  readonly code: string;
  readonly address?: string;
  readonly port?: number;
}

const reasons: Readonly<Record<string, (failure: ListenFailure) => string>> = {
  EADDRINUSE: ({ port }) => `port ${port} is taken by another program; stop that one, or name another port`,
  EACCES: ({ port }) => `port ${port} may not be listened on by this user; ports below 1024 are often for root only`,
  EADDRNOTAVAIL: ({ address }) => `this machine has no address ${address}; listen on one of its own, or on a port alone`,
  ENOTFOUND: () => 'there is no such host; listen on an address of this machine, or on a port alone',
};

/** The error to show where an address can't be had: placed at the Listen line that asks for it, if there is one. */
export function explainListenFailure(error: unknown, addresses: readonly ListenAddress[]): unknown {
  const failure = error as ListenFailure;
  const reason = reasons[String(codeOf(error))]?.(failure);
  if (reason === undefined) return error;
  const asked = addresses.find(({ host, port }) => port === failure.port && (host ?? failure.address) === failure.address);
  return asked?.at === undefined ? new CommandError(reason, 1) : new ConfigError(asked.at, reason, { cause: error });
}
