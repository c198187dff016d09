import { describe, expect, it } from '@jest/globals';
import { median, spread, summarise } from '../../bench/statistics.mjs';

const sample = (requestsPerSecond: number, p99 = 1) => ({ requestsPerSecond, p99, badStatus: 0, socketErrors: 0 });

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([10, 1, 3, 2])).toBe(2.5);
  });

  it('orders by number, not by text', () => {
    expect(median([100, 9, 20])).toBe(20);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('spread', () => {
  it('has the median and both ends', () => {
    expect(spread([4, 2, 9])).toEqual({ median: 4, min: 2, max: 9 });
  });

  it('of nothing is undefined', () => {
    expect(spread([])).toBeUndefined();
  });
});

describe('summarise', () => {
  it('compares with the measure of the same round', () => {
    // The machine was half as fast in the second round, for both.
    const { ratio } = summarise([sample(500), sample(250)], [sample(1000), sample(500)]);
    expect(ratio).toEqual({ median: 0.5, min: 0.5, max: 0.5 });
  });

  it('leaves out rounds that the contender or the measure has not', () => {
    const { ratio, requestsPerSecond } = summarise(
      [sample(500), undefined, sample(300)],
      [sample(1000), sample(1000), undefined],
    );
    expect(ratio).toEqual({ median: 0.5, min: 0.5, max: 0.5 });
    expect(requestsPerSecond).toEqual({ median: 400, min: 300, max: 500 });
  });

  it('has no figures for a contender that never ran', () => {
    expect(summarise([undefined], [sample(1000)])).toEqual({
      requestsPerSecond: undefined,
      ratio: undefined,
      p99: undefined,
      processor: undefined,
      memory: undefined,
      badStatus: 0,
      socketErrors: 0,
    });
  });

  it('adds the failures of all rounds up, and takes the median of p99', () => {
    const rounds = [
      { ...sample(1, 10), badStatus: 2 },
      { ...sample(1, 30), badStatus: 3, socketErrors: 1 },
      sample(1, 11),
    ];
    expect(summarise(rounds, [])).toMatchObject({ badStatus: 5, socketErrors: 1, p99: 11, ratio: undefined });
  });
});
