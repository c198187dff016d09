import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Alarm, callOff, setAlarm } from '../../core/alarm-clock.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.runAllTimers();
  jest.useRealTimers();
});

const rung: string[] = [];

function alarm(name: string): Alarm {
  return { due: 0, place: 0, ring: () => void rung.push(name) };
}

function rungWithin(milliseconds: number): string[] {
  rung.length = 0;
  jest.advanceTimersByTime(milliseconds);
  return [...rung];
}

describe('the alarm clock', () => {
  it('rings what is due, and that once', () => {
    setAlarm(alarm('soon'), 1_000);
    setAlarm(alarm('later'), 5_000);
    expect(rungWithin(900)).toEqual([]);
    expect(rungWithin(300)).toEqual(['soon']);
    expect(rungWithin(10_000)).toEqual(['later']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rings an earlier one in time that was set later', () => {
    setAlarm(alarm('later'), 5_000);
    setAlarm(alarm('soon'), 1_000);
    expect(rungWithin(1_100)).toEqual(['soon']);
    expect(rungWithin(10_000)).toEqual(['later']);
  });

  it('has one timer for all of them', () => {
    for (let count = 0; count < 100; count++) setAlarm(alarm('any'), 1_000 + count);
    expect(jest.getTimerCount()).toBe(1);
  });

  it('never rings what was called off, whatever else is called off with it', () => {
    const alarms = ['a', 'b', 'c', 'd'].map(alarm);
    for (const each of alarms) setAlarm(each, 1_000);
    callOff(alarms[1]!);
    callOff(alarms[3]!);
    callOff(alarms[3]!);
    expect(rungWithin(2_000).sort()).toEqual(['a', 'c']);
  });

  it('takes no notice of calling off an alarm that has rung, whose place another may have', () => {
    const first = alarm('first');
    setAlarm(first, 1_000);
    rungWithin(1_200);
    setAlarm(alarm('second'), 1_000);
    callOff(first);
    expect(rungWithin(1_200)).toEqual(['second']);
  });

  it('can be set again while it rings', () => {
    const snooze: Alarm = {
      due: 0,
      place: 0,
      ring() {
        rung.push('snooze');
        if (rung.length < 3) setAlarm(snooze, 1_000);
      },
    };
    setAlarm(snooze, 1_000);
    expect(rungWithin(10_000)).toEqual(['snooze', 'snooze', 'snooze']);
  });
});
