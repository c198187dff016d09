const brand = Symbol.for('sluice.BodyAborted');

/** The client went away before its request body was complete; there is nobody left to answer. */
export class BodyAborted extends Error {
  readonly [brand] = true;
  readonly code = 'ECONNRESET';

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BodyAborted';
  }
}

/** Recognised by brand: a reset of some other connection, to a back end say, carries the same code. */
export function isBodyAborted(thrown: unknown): thrown is BodyAborted {
  return typeof thrown === 'object' && thrown !== null && brand in thrown;
}
