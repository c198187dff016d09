import { describe, expect, it } from '@jest/globals';
import { ratioTable, workloadTable } from '../../bench/table.mjs';

const bare = {
  name: 'bare',
  version: 'v20.19.0',
  summary: {
    requestsPerSecond: { median: 30_000.4, min: 29_000, max: 31_000 },
    ratio: { median: 1, min: 1, max: 1 },
    p99: 6.54,
    processor: 26.54,
    memory: 71.2,
    badStatus: 0,
    socketErrors: 0,
  },
};
const slow = {
  name: 'slow',
  version: '1.2.3',
  summary: { ...bare.summary, ratio: { median: 0.456, min: 0.4, max: 0.5 }, badStatus: 3, socketErrors: 1 },
};
const broken = {
  name: 'broken',
  version: '0.1.0',
  failure: 'the answer has status 500 instead of 200',
  summary: {
    requestsPerSecond: undefined,
    ratio: undefined,
    p99: undefined,
    processor: undefined,
    memory: undefined,
    badStatus: 0,
    socketErrors: 0,
  },
};

/** The cells of the row that begins with `name`. */
function cells(table: string, name: string): string[] | undefined {
  const row = table.split('\n').find((line) => line.startsWith(`| ${name}`));
  return row
    ?.split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe('the table of a workload', () => {
  const table = workloadTable({ id: 'W1', title: 'hello', rows: [bare, slow, broken] });

  it('has median, spread, ratio, p99, processor time and memory', () => {
    const figures = ['30000', '29000–31000', '1.00', '1.00–1.00', '6.5', '26.5', '71'];
    expect(cells(table, 'bare')).toEqual(['bare v20.19.0', ...figures, '0']);
  });

  it('shows what was answered wrongly or not at all', () => {
    expect(cells(table, 'slow')?.at(-1)).toBe('3 status, 1 socket');
  });

  it('keeps a contender that failed, with the reason below', () => {
    expect(cells(table, 'broken')).toEqual(['broken 0.1.0', '–', '–', '–', '–', '–', '–', '–', 'failed, see below']);
    expect(table).toMatch(/^broken: the answer has status 500 instead of 200$/m);
  });

  it('has columns of equal width', () => {
    const widths = table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.length);
    expect(new Set(widths).size).toBe(1);
  });
});

describe('the table of ratios', () => {
  const table = ratioTable([
    { id: 'W1', title: 'hello', rows: [bare, slow, broken] },
    { id: 'W4', title: 'chain', rows: [bare] },
  ]);

  it('has a column for each workload', () => {
    expect(cells(table, 'ratio to bare')).toEqual(['ratio to bare', 'W1', 'W4']);
    expect(cells(table, 'bare')).toEqual(['bare', '1.00', '1.00']);
  });

  it('tells failed from not taking part', () => {
    expect(cells(table, 'broken')).toEqual(['broken', 'failed', '–']);
    expect(cells(table, 'slow')).toEqual(['slow', '0.46', '–']);
  });
});
