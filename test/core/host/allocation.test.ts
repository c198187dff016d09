import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const isBuilt = existsSync(join(import.meta.dirname, '../../../dist/index.js'));

/** Bytes, as V8's heap profiler counts them: 1,700 to 1,800 on every line of Node when this was written. */
const most = 2_000;

(isBuilt ? describe : describe.skip)('a request without body and filters (needs a build)', () => {
  it('takes little of the heap', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'allocation-process.mjs')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(Number(stdout)).toBeGreaterThan(500);
    expect(Number(stdout)).toBeLessThan(most);
  }, 60_000);
});
