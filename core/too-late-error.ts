/**
 * Something was asked of a request after the moment until which it could be had.
 *
 * @example
 * await r.flush();
 * r.headersOut.set('X-Late', '1'); // throws a TooLateError
 */
export class TooLateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooLateError';
  }
}
