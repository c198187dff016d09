import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { BoundedLog } from '../../../core/host/bounded-log.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('writes one line a second, and says how many are missing', () => {
  const lines: string[] = [];
  const logger = {
    log: (level: string, message: string) => void lines.push(`${level} ${message}`),
    close() {},
    enabled: () => true,
  };
  const log = new BoundedLog();
  for (let at = 0; at < 5; at++) log.log(logger, 'warn', 'full');
  expect(lines).toEqual(['warn full']);
  jest.advanceTimersByTime(1_001);
  log.log(logger, 'warn', 'full');
  log.log(logger, 'warn', 'full');
  jest.advanceTimersByTime(1_001);
  log.log(logger, 'warn', 'full');
  expect(lines.slice(1)).toEqual(['warn full; 4 more before', 'warn full; 1 more before']);
});
