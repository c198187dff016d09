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
  within<T>(arrival: Promise<T>): Promise<T> {
    const since = performance.now();
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const wait = (time: number): void => {
        timer = setTimeout(expired, Math.min(time, longestTimer));
      };
      const expired = (): void => {
        // Bytes that came in meanwhile have earned some more.
        const left = this.#left - (performance.now() - since);
        if (left > 0) wait(left);
        else reject(httpError(408, 'the client sent its body too slowly (RequestReadTimeout)'));
      };
      wait(this.#left);
      const arrived = (): void => {
        clearTimeout(timer);
        this.#left -= performance.now() - since;
      };
      arrival.then(
        (piece) => {
          arrived();
          resolve(piece);
        },
        (error: unknown) => {
          arrived();
          reject(error);
        },
      );
    });
  }
}

/** A longer `setTimeout` fires at once. */
const longestTimer = 2 ** 31 - 1;
