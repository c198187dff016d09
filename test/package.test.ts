import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));

it('the built package types what is right, and refuses what is wrong', () => {
  const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/package'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
