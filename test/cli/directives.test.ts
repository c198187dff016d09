import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFolder, sluice } from './sluice.ts';

let folder: string;
let remove: () => void;

beforeAll(() => {
  ({ folder, remove } = makeFolder({
    'httpd.conf': 'Plugin ./shout.ts\n',
    'shout.ts': `export default {
  name: 'shout',
  aliases: ['mod_shout'],
  directives: { ShoutWord: { takes: 'one', usage: 'word', help: 'The word.', contexts: ['directory'], default: 'Hey' } },
  phases: { fixup() {} },
  outputFilters: { SHOUT: { data() {} } },
};\n`,
  }));
});
afterAll(() => remove());

describe('sluice directives', () => {
  it('describes one, whose name may be in any letter case', async () => {
    expect(await sluice(tmpdir(), 'directives', 'authname')).toEqual({
      status: 0,
      stdout: `AuthName
  AuthName realm

  The realm: what a browser shows when it asks for the password.

  contexts  directory, .htaccess
  override  AuthConfig
  default   none
  key       authName
  plugin    authn_core
`,
      stderr: '',
    });
  });

  it('knows sections and what acts while the config is read', async () => {
    const [section, line] = await Promise.all([
      sluice(tmpdir(), 'directives', 'Location'),
      sluice(tmpdir(), 'directives', 'include'),
    ]);
    expect(section.stdout).toContain('<Location [~] path>');
    expect(line.stdout).toContain('Include file|folder|pattern');
  });

  it('gives the nearest name for a misspelt one, and ends with 2', async () => {
    expect(await sluice(tmpdir(), 'directives', 'DocumentRot')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: there is no directive DocumentRot; did you mean "DocumentRoot"?\n',
    });
  });

  it('lists all of them under their plugins, with those of the config that -c names', async () => {
    const [plain, withConfig] = await Promise.all([
      sluice(folder, 'directives'),
      sluice(folder, 'directives', '-c', 'httpd.conf'),
    ]);
    expect(plain.stdout).toMatch(/^core\n {2}Listen +An address/);
    expect(plain.stdout).toMatch(/^sections\n {2}VirtualHost /m);
    expect(plain.stdout).not.toContain('ShoutWord');
    expect(withConfig.stdout).toMatch(/^shout\n {2}ShoutWord +The word\.$/m);
  });

  it('prints JSON', async () => {
    const { stdout } = await sluice(folder, 'directives', 'shoutWord', '--json', '-c', '.');
    expect(JSON.parse(stdout)).toEqual({
      name: 'ShoutWord',
      usage: 'ShoutWord word',
      help: 'The word.',
      contexts: 'directory',
      default: 'Hey',
      key: 'shoutWord',
      plugin: 'shout',
    });
  });
});

describe('sluice plugins', () => {
  it('lists what each plugin brings, aligned', async () => {
    const { status, stdout } = await sluice(folder, 'plugins', '-c', '.');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^asis\n {2}aliases {3}mod_asis, asis_module\n {2}phases {4}fixup\n {2}handlers {2}send-as-is\n$/m,
    );
    expect(stdout).toMatch(
      /^shout\n {2}aliases {9}mod_shout\n {2}phases {10}fixup\n {2}output filters {2}SHOUT\n {2}directives {6}ShoutWord$/m,
    );
  });

  it('prints JSON', async () => {
    const plugins = JSON.parse((await sluice(folder, 'plugins', '--json')).stdout) as { name: string }[];
    expect(plugins.map(({ name }) => name)).toContain('auth_basic');
  });
});
