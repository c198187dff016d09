import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { sluice } from './sluice.ts';

const folder = tmpdir();
const packageFile = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

describe('sluice', () => {
  it('prints the version of the package', async () => {
    expect(await sluice(folder, '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists its commands on --help', async () => {
    const { status, stdout } = await sluice(folder, '--help');
    expect(status).toBe(0);
    for (const name of ['serve', 'check', 'explain', 'directives', 'plugins', 'help']) {
      expect(stdout).toMatch(new RegExp(`^  ${name} .*\\w`, 'm'));
    }
  });

  it('shows the same help for one command in two ways', async () => {
    const [asked, flagged] = await Promise.all([
      sluice(folder, 'help', 'explain'),
      sluice(folder, 'explain', '--help'),
    ]);
    expect(asked.stdout).toContain('sluice explain [OPTIONS] METHOD URL');
    expect(asked.stdout).toContain("-H, --header 'NAME: VALUE'");
    expect(flagged).toEqual(asked);
  });

  it('ends with 2 and the help when it gets no command', async () => {
    const { status, stdout, stderr } = await sluice(folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('error: expected a command\n');
    expect(stderr).toContain('Commands');
  });

  it.each([
    [['chek'], 'there is no command "chek"; did you mean "check"?\nSee: sluice help\n'],
    [['.'], 'there is no command "."; did you mean "sluice serve ."?\nSee: sluice help\n'],
    [['help', 'serv'], 'there is no command "serv"; did you mean "serve"?\nSee: sluice help\n'],
    [['serve', '--prot', '1'], 'there is no option --prot; did you mean "--port"?\nSee: sluice help serve\n'],
    [['check', '--port', '1'], 'there is no option --port\nSee: sluice help check\n'],
    [['check', 'this'], 'check takes nothing but options, but was given also "this"\n'],
    [['serve', '--port', '99999'], '--port takes a number from 0 to 65535, not "99999"\n'],
  ])('ends with 2 and says what is wrong for %j', async (args, message) => {
    expect(await sluice(folder, ...args)).toEqual({ status: 2, stdout: '', stderr: `error: ${message}` });
  });

  it('ends with 2 for an option without its value', async () => {
    const { status, stderr } = await sluice(folder, 'check', '-c');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*--config.*\nSee: sluice help check\n$/);
  });
});

describe('the built command', () => {
  const built = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

  (existsSync(built) ? it : it.skip)('is a program of its own', () => {
    const { status, stdout } = spawnSync(built, ['--version'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });
});
