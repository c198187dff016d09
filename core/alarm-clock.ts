/** Something that happens at a time unless it is called off before, as most are. */
export interface Alarm {
  /** Kept by the clock: when it is due, and its place among the others. */
  due: number;
  place: number;
  ring(): void;
}

/** A longer timer of Node's fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const alarms: Alarm[] = [];
let timer: NodeJS.Timeout | undefined;
/** When the timer fires: never later than the first alarm is due, and mostly for nothing. */
let nextLook = Number.POSITIVE_INFINITY;

/**
 * Makes `alarm` ring in so many milliseconds. One timer for all of them: one alarm in many thousand ever rings, and a timer
 * of its own costs a request as much as several phases. It keeps no process alive that has nothing else to wait for.
 */
export function setAlarm(alarm: Alarm, milliseconds: number, now = performance.now()): void {
  alarm.due = now + milliseconds;
  alarm.place = alarms.push(alarm) - 1;
  if (alarm.due < nextLook) lookAt(alarm.due);
}

/** Calls off an alarm; of no effect where it has rung. */
export function callOff(alarm: Alarm): void {
  if (alarms[alarm.place] !== alarm) return;
  const last = alarms.pop()!;
  if (last === alarm) return;
  alarms[alarm.place] = last;
  last.place = alarm.place;
}

function lookAt(time: number): void {
  clearTimeout(timer);
  nextLook = time;
  const wait = Math.min(Math.ceil(time - performance.now()), LONGEST_TIMER);
  timer = setTimeout(ringDueAlarms, wait).unref();
}

/** Rings what is due by now; the timer does it by itself. */
export function ringDueAlarms(): void {
  nextLook = Number.POSITIVE_INFINITY;
  const now = performance.now();
  for (const alarm of alarms.filter(({ due }) => due <= now)) {
    callOff(alarm);
    alarm.ring();
  }
  const earliest = alarms.reduce((time, { due }) => Math.min(time, due), nextLook);
  if (earliest < nextLook) lookAt(earliest);
}
