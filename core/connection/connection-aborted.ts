const brand = Symbol.for('sluice.ConnectionAborted');

/** The connection is gone: there is nobody left to read from or to write to. */
export class ConnectionAborted extends Error {
  readonly [brand] = true;
  /** `ETIMEDOUT` where nothing has moved for as long as Timeout allows. */
  readonly code: 'ECONNRESET' | 'ETIMEDOUT';

  constructor(message: string, code: ConnectionAborted['code'] = 'ECONNRESET', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ConnectionAborted';
    this.code = code;
  }
}

/** Recognised by brand: a reset of some other connection, to a back end say, carries the same code. */
export function isConnectionAborted(thrown: unknown): thrown is ConnectionAborted {
  return typeof thrown === 'object' && thrown !== null && brand in thrown;
}
