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
  if (isFake) throw new Error('the time is fake already: restore() it first');
  isFake = true;
  const real = { Date, performance, setTimeout, clearTimeout, setInterval, clearInterval };
  const begin = new Date(start).getTime();
  const realBegin = performance.now();
  let now = begin;
  let timers: FakeTimer[] = [];

  const set = (callback: Callback, delay: number | undefined, args: unknown[], repeats: boolean): FakeTimer => {
    const wait = Math.max(1, Number(delay) || 0);
    const timer = new FakeTimer(() => callback(...args), now + wait, repeats ? wait : undefined);
    timers.push(timer);
    return timer;
  };
  const clear = (timer: FakeTimer | NodeJS.Timeout | undefined): void => {
    if (timer instanceof FakeTimer) timers = timers.filter((other) => other !== timer);
    else real.clearTimeout(timer);
  };
  const fire = (timer: FakeTimer): void => {
    now = Math.max(now, timer.due);
    if (timer.period === undefined) clear(timer);
    else timer.due = now + timer.period;
    timer.ring();
  };

  replaceGlobals({
    Date: new Proxy(Date, {
      construct: (target, args: unknown[]) => Reflect.construct(target, args.length === 0 ? [now] : args) as Date,
      apply: (target) => new target(now).toString(),
      get: (target, key) => (key === 'now' ? () => now : (Reflect.get(target, key) as unknown)),
    }),
    performance: new Proxy(performance, {
      get(target, key) {
        if (key === 'now') return () => realBegin + now - begin;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    }),
    setTimeout: (callback: Callback, delay?: number, ...args: unknown[]) => set(callback, delay, args, false),
    setInterval: (callback: Callback, delay?: number, ...args: unknown[]) => set(callback, delay, args, true),
    clearTimeout: clear,
    clearInterval: clear,
  });
  return {
    get now() {
      return now;
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (let next = earliest(timers, end); next !== undefined; next = earliest(timers, end)) {
        fire(next);
        await settle();
      }
      now = end;
      ringDueAlarms();
      await settle();
    },
    restore() {
      isFake = false;
      replaceGlobals(real);
      ringDueAlarms();
    },
  };
}

let isFake = false;

type Callback = (...args: unknown[]) => void;

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

function earliest(timers: readonly FakeTimer[], end: number): FakeTimer | undefined {
  const due = timers.filter((timer) => timer.due <= end);
  return due.length === 0 ? undefined : due.reduce((first, timer) => (timer.due < first.due ? timer : first));
}

/** Lets promises and what the system has ready have their turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
