import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { version } from '../../core/version.ts';

it('is the version of package.json', () => {
  const { version: expected } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(version).toBe(expected);
});
