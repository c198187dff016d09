/** Something that happens at a time unless it is called off before, as most are. */
export interface Alarm {
  /** Kept by the clock: when it is due, and its place among the others. */
  due: number;
  place: number;
  ring(): void;
}

/** Milliseconds between two looks at the alarms: how late one may ring. */
const INTERVAL = 100;

const alarms: Alarm[] = [];
let clock: NodeJS.Timeout | undefined;

/**
 * Makes `alarm` ring in so many milliseconds. One timer for all of them: one in many thousand ever rings, and a timer of
 * its own costs a request as much as several phases.
 */
export function setAlarm(alarm: Alarm, milliseconds: number): void {
  alarm.due = performance.now() + milliseconds;
  alarm.place = alarms.push(alarm) - 1;
  clock ??= setInterval(lookAtAll, INTERVAL);
}

/** Calls off an alarm; of no effect where it has rung. */
export function callOff(alarm: Alarm): void {
  if (alarms[alarm.place] !== alarm) return;
  const last = alarms.pop()!;
  if (last === alarm) return;
  alarms[alarm.place] = last;
  last.place = alarm.place;
}

function lookAtAll(): void {
  const now = performance.now();
  for (const alarm of alarms.filter(({ due }) => due <= now)) {
    callOff(alarm);
    alarm.ring();
  }
  if (alarms.length > 0) return;
  clearInterval(clock);
  clock = undefined;
}
