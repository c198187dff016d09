import { type Alarm, callOff, setAlarm } from '../alarm-clock.ts';
import { httpError } from '../verdict.ts';

/** How slowly a body may come in: Apache's `RequestReadTimeout body=20,MinRate=500`. */
export interface BodyTimeout {
  /** Seconds that the client has from the first wait on; 0 is no limit. */
  readonly initial: number;
  /** Bytes that earn one second more; 0 never extends. */
  readonly minRate: number;
}

/** The time a client has left to send its body; only waiting counts, so that a slow handler doesn't use it up. */
export class BodyDeadline implements Alarm {
  due = 0;
  place = 0;
  readonly #earnedPerByte: number;
  #left: number;
  #since = 0;
  #late: (error: Error) => void = ignore;

  constructor(timeout: BodyTimeout) {
    this.#left = timeout.initial * 1000;
    this.#earnedPerByte = timeout.minRate === 0 ? 0 : 1000 / timeout.minRate;
  }

  extend(bytes: number): void {
    this.#left += bytes * this.#earnedPerByte;
  }

  /** From now on the client is waited for; `late` gets a 408 when it takes too long. */
  start(late: (error: Error) => void): void {
    this.#since = performance.now();
    this.#late = late;
    setAlarm(this, this.#left, this.#since);
  }

  /** Nothing more is waited for for now. */
  stop(): void {
    callOff(this);
    this.#left -= performance.now() - this.#since;
  }

  /** Nothing more is waited for. */
  end(): void {
    callOff(this);
  }

  ring(): void {
    // Bytes that came in meanwhile have earned some more.
    const left = this.#left - (performance.now() - this.#since);
    if (left > 0) setAlarm(this, left);
    else this.#late(httpError(408, 'the client sent its body too slowly (RequestReadTimeout)'));
  }

  /** What `arrival` gives, or a 408 where it takes too long. */
  within<T>(arrival: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.start(reject);
      arrival.then(resolve, reject);
    }).finally(() => this.stop());
  }
}

function ignore(): void {}
