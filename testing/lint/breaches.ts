import type { RequestRecord } from '../../core/request-record.ts';

/** The breaches of the contract that one `lint()` has found. */
export class Breaches {
  readonly messages: string[] = [];

  /** Notes a breach; the error is to be thrown where the engine catches it, and logs it. */
  error(message: string): Error {
    this.messages.push(message);
    return new Error(`lint: ${message}`);
  }

  /** Notes and logs a breach of which the engine wouldn't hear; gives the error for those who would. */
  report(r: RequestRecord, message: string): Error {
    r.log(`lint: ${message}`, 'error', 'lint');
    return this.error(message);
  }
}
