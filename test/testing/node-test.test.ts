import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

function runNodeTest(name: string): { status: number | null; output: string } {
  const file = fileURLToPath(new URL(`./node-test/${name}`, import.meta.url));
  // Jest's own marks in the environment would make the runner in the child report to a parent that isn't there.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--test', file], {
    encoding: 'utf8',
    env: { ...env, NODE_OPTIONS: '' },
  });
  return { status, output: stdout + stderr };
}

describe('the testing kit under node:test', () => {
  it('works for handlers, phases, filters, whole apps, files, time and the contract', () => {
    const { status, output } = runNodeTest('kit.mjs');
    expect(`${output}${status}`).toMatch(/pass 7\b[\s\S]*0$/);
  });

  it('fails a test that uses a bad config without awaiting the app, and shows the error', () => {
    const { status, output } = runNodeTest('bad-config.mjs');
    expect(status).toBe(1);
    expect(output).toContain('DocumentRoot must be a folder');
  });
});
