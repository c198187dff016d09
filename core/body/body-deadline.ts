import { httpError } from '../verdict.ts';

/** How slowly a body may come in: Apache's `RequestReadTimeout body=20,MinRate=500`. */
export interface BodyTimeout {
  /** Seconds that the client has from the first wait on; 0 is no limit. */
  readonly initial: number;
  /** Bytes that earn one second more; 0 never extends. */
  readonly minRate: number;
}

/** The time a client has left to send its body; only waiting counts, so that a slow handler doesn't use it up. */
export class BodyDeadline {
  readonly #earnedPerByte: number;
  #left: number;

  constructor(timeout: BodyTimeout) {
    this.#left = timeout.initial * 1000;
    this.#earnedPerByte = timeout.minRate === 0 ? 0 : 1000 / timeout.minRate;
  }

  extend(bytes: number): void {
    this.#left += bytes * this.#earnedPerByte;
  }

  /** What `arrival` gives, or a 408 where it takes too long. */
  async within<T>(arrival: Promise<T>): Promise<T> {
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const tooLate = () => reject(httpError(408, 'the client sent its body too slowly (RequestReadTimeout)'));
      timer = setTimeout(tooLate, Math.min(this.#left, longestTimer));
    });
    try {
      return await Promise.race([arrival, late]);
    } finally {
      clearTimeout(timer);
      this.#left -= performance.now() - since;
    }
  }
}

/** A longer `setTimeout` fires at once. */
const longestTimer = 2 ** 31 - 1;
