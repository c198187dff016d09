import type { RequestRecord } from '../request-record.ts';
import { isThenable } from '../thenable.ts';
import { type Brigade, bucketLength, FileBucket } from './bucket.ts';
import { blame } from './culprit.ts';

/** What takes brigades: a filter, the response writer, or the parent's chain for a subrequest. */
export interface BrigadeTarget {
  /** Takes over a brigade of `r`'s body; a promise is back-pressure. */
  receive(brigade: Brigade, r: RequestRecord): void | Promise<void>;
}

/**
 * A place from which brigades go on to the next one. One at a time: what is sent while another is on its way waits behind
 * it, so that nobody who ignores back-pressure can mix up a body, or fill the memory.
 */
export abstract class Outlet {
  readonly r: RequestRecord;
  next: BrigadeTarget;
  #sending: Promise<void> | undefined = undefined;
  #waiting: Brigade | undefined = undefined;
  #waitingBytes = 0;
  /** Counts how often what was on its way has been forgotten. */
  #round = 0;

  constructor(r: RequestRecord, next: BrigadeTarget) {
    this.r = r;
    this.next = next;
  }

  /** Whose brigades these are, and what it should have waited for. */
  protected abstract get sender(): { readonly name: string; readonly call: string };

  /** Done when the next one has taken everything; rejects for good where it couldn't. */
  get sending(): Promise<void> | undefined {
    return this.#sending;
  }

  protected sendOn(brigade: Brigade): void | Promise<void> {
    if (this.#sending !== undefined) return this.#wait(brigade, this.#sending);
    let sent: void | Promise<void>;
    try {
      sent = this.next.receive(brigade, this.r);
    } catch (error) {
      throw blame(error, undefined);
    }
    if (!isThenable(sent)) return;
    const sending = this.#sendAll(sent);
    // Who doesn't look at it hears of it with the next brigade, at the latest with EOS.
    sending.catch(() => undefined);
    this.#sending = sending;
    return sending;
  }

  /** What waits is forgotten, and what is on its way concerns nobody any more. */
  protected forget(): void {
    this.#round++;
    this.#sending = undefined;
    this.#waiting = undefined;
    this.#waitingBytes = 0;
  }

  async #sendAll(first: Promise<void>): Promise<void> {
    const round = this.#round;
    try {
      await first;
      while (this.#waiting !== undefined && this.#round === round) {
        const brigade = this.#waiting;
        this.#waiting = undefined;
        this.#waitingBytes = 0;
        await this.next.receive(brigade, this.r);
      }
    } catch (error) {
      throw blame(error, undefined);
    }
    if (this.#round === round) this.#sending = undefined;
  }

  #wait(brigade: Brigade, sending: Promise<void>): Promise<void> {
    for (const bucket of brigade) if (!(bucket instanceof FileBucket)) this.#waitingBytes += bucketLength(bucket);
    const { filterBufferLimit: limit } = this.r.config;
    if (limit > 0 && this.#waitingBytes > limit) {
      const { name, call } = this.sender;
      throw new Error(
        `${name} did not wait until what it had sent was taken, and more than the ${limit} bytes that FilterBufferLimit ` +
          `allows were waiting: await ${call}`,
      );
    }
    if (this.#waiting === undefined) this.#waiting = brigade;
    else for (const bucket of brigade) this.#waiting.push(bucket);
    return sending;
  }
}
