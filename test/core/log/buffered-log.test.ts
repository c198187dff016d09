import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BufferedLog } from '../../../core/log/buffered-log.ts';

const written: string[] = [];
const sink = {
  write: (text: string): void => void written.push(text),
  reopen: (): void => void written.push('(reopened)'),
  close: (): void => void written.push('(closed)'),
};

beforeEach(() => {
  jest.useFakeTimers();
  written.length = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

describe('BufferedLog', () => {
  it('writes what came within a second at once', () => {
    const log = new BufferedLog(sink);
    log.write('one');
    log.write('two');
    expect(written).toEqual([]);
    jest.advanceTimersByTime(1_000);
    log.write('three');
    jest.advanceTimersByTime(1_000);
    expect(written).toEqual(['one\ntwo', 'three']);
  });

  it('does not wait when it is full', () => {
    const log = new BufferedLog(sink);
    log.write('x'.repeat(60_000));
    log.write('y'.repeat(6_000));
    expect(written.map(({ length }) => length)).toEqual([66_001]);
  });

  it('writes what is left before it is reopened or closed', () => {
    const log = new BufferedLog(sink);
    log.write('one');
    log.reopen();
    log.write('two');
    log.close();
    expect(written).toEqual(['one', '(reopened)', 'two', '(closed)']);
  });
});
