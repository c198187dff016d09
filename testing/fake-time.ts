import { ringDueAlarms } from '../core/alarm-clock.ts';

/** A clock that stands still until the test moves it. */
export interface FakeTime {
  /** Milliseconds since 1970, as `Date.now()` gives them. */
  readonly now: number;
  /** Moves on, and lets everything happen that is due by then, in order. */
  advance(milliseconds: number): Promise<void>;
  /** Gives the real time back. */
  restore(): void;
}

/**
 * Takes over `Date`, `performance.now` and the global timers, and with them everything that Sluice dates and times: logs,
 * cookies, expiry, time-outs. Sockets and files keep working, and go by the real time. Throws where the time is fake already.
 *
 * @example
 * const time = fakeTime('2026-11-21T12:00:00Z');
 * await time.advance(60_000);
 * time.restore();
 */
export function fakeTime(start: string | number | Date = Date.now()): FakeTime {
  if (running !== undefined) throw new Error('the time is fake already: restore() it first');
  running = new FakeClock(new Date(start).getTime());
  return running;
}

let running: FakeClock | undefined;

type Callback = (...args: unknown[]) => void;

class FakeClock implements FakeTime {
  readonly #real = { Date, performance, setTimeout, clearTimeout, setInterval, clearInterval };
  readonly #begin: number;
  readonly #realBegin = performance.now();
  #timers: FakeTimer[] = [];
  now: number;

  constructor(begin: number) {
    this.#begin = begin;
    this.now = begin;
    const clear = (timer: FakeTimer | NodeJS.Timeout | undefined): void => this.#clear(timer);
    replaceGlobals({
      Date: this.#fakeDate(),
      performance: this.#fakePerformance(),
      setTimeout: (callback: Callback, delay?: number, ...args: unknown[]) => this.#set(callback, delay, args, false),
      setInterval: (callback: Callback, delay?: number, ...args: unknown[]) => this.#set(callback, delay, args, true),
      clearTimeout: clear,
      clearInterval: clear,
    });
  }

  async advance(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await settle();
    for (let next = this.#earliest(end); next !== undefined; next = this.#earliest(end)) {
      this.now = Math.max(this.now, next.due);
      if (next.period === undefined) this.#clear(next);
      else next.due = this.now + next.period;
      next.ring();
      await settle();
    }
    this.now = end;
    ringDueAlarms();
    await settle();
  }

  restore(): void {
    running = undefined;
    replaceGlobals(this.#real);
    ringDueAlarms();
  }

  #fakeDate(): DateConstructor {
    return new Proxy(Date, {
      construct: (target, args: unknown[]) => Reflect.construct(target, args.length === 0 ? [this.now] : args) as Date,
      apply: (target) => new target(this.now).toString(),
      get: (target, key) => (key === 'now' ? () => this.now : (Reflect.get(target, key) as unknown)),
    });
  }

  #fakePerformance(): typeof performance {
    return new Proxy(performance, {
      get: (target, key) => {
        if (key === 'now') return () => this.#realBegin + this.now - this.#begin;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  #set(callback: Callback, delay: number | undefined, args: unknown[], repeats: boolean): FakeTimer {
    const wait = Math.max(1, Number(delay) || 0);
    const timer = new FakeTimer(() => callback(...args), this.now + wait, repeats ? wait : undefined);
    this.#timers.push(timer);
    return timer;
  }

  #clear(timer: FakeTimer | NodeJS.Timeout | undefined): void {
    if (timer instanceof FakeTimer) this.#timers = this.#timers.filter((other) => other !== timer);
    else this.#real.clearTimeout(timer);
  }

  #earliest(end: number): FakeTimer | undefined {
    const due = this.#timers.filter((timer) => timer.due <= end);
    return due.length === 0 ? undefined : due.reduce((first, timer) => (timer.due < first.due ? timer : first));
  }
}

/** It keeps no process alive, and has what is called on Node's own. */
class FakeTimer {
  due: number;
  readonly period: number | undefined;
  readonly ring: () => void;

  constructor(ring: () => void, due: number, period: number | undefined) {
    this.ring = ring;
    this.due = due;
    this.period = period;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return false;
  }
}

function replaceGlobals(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

/** Lets promises and what the system has ready have their turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
