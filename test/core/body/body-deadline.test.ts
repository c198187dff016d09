import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BodyDeadline } from '../../../core/body/body-deadline.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.runAllTimers();
  jest.useRealTimers();
});

/** How a wait ends that the client lets last so many seconds. */
async function wait(deadline: BodyDeadline, seconds: number): Promise<unknown> {
  const arrival = new Promise((resolve) => {
    setTimeout(() => resolve('arrived'), seconds * 1000);
  });
  const outcome = deadline.within(arrival).catch((error: { verdict: number }) => error.verdict);
  await jest.advanceTimersByTimeAsync(seconds * 1000);
  return outcome;
}

describe('the deadline of a body', () => {
  it('is a 408 when the initial time is over', async () => {
    const deadline = new BodyDeadline({ initial: 20, minRate: 500 });
    expect(await wait(deadline, 19)).toBe('arrived');
    expect(await wait(deadline, 2)).toBe(408);
  });

  it('moves on by a second for each minRate bytes', async () => {
    const deadline = new BodyDeadline({ initial: 20, minRate: 500 });
    deadline.extend(1500);
    expect(await wait(deadline, 22)).toBe('arrived');
    expect(await wait(deadline, 2)).toBe(408);
  });

  it('does not move without a rate', async () => {
    const deadline = new BodyDeadline({ initial: 2, minRate: 0 });
    deadline.extend(1_000_000);
    expect(await wait(deadline, 3)).toBe(408);
  });

  it('does not count the time in which the handler is busy', async () => {
    const deadline = new BodyDeadline({ initial: 20, minRate: 0 });
    await wait(deadline, 1);
    await jest.advanceTimersByTimeAsync(100_000);
    expect(await wait(deadline, 18)).toBe('arrived');
  });

  it('holds after so many bytes that it lies beyond the longest timer', async () => {
    const deadline = new BodyDeadline({ initial: 20, minRate: 1 });
    deadline.extend(2 ** 32);
    expect(await wait(deadline, 100_000)).toBe('arrived');
  });
});
