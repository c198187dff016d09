import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  version: '1.2.0',
  sluice: '>=0.1',
  dependencies: { alias: '*' },
  services: [{ name: 'shout.words' }],
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

describe('sluice directives --plugin', () => {
  const page = '# Shout\n\n<!-- directives -->\nold\n<!-- end of directives -->\n\nThe end.\n';
  const readme = (): string => join(folder, 'README.md');

  it('lists the directives of one plugin alone', async () => {
    expect((await sluice(folder, 'directives', '--plugin', './shout.ts')).stdout).toBe('  ShoutWord  The word.\n');
    expect((await sluice(folder, 'directives', '--plugin', 'mod_actions')).stdout).toMatch(
      /^ {2}Action +\S.*\n.*Script/,
    );
  });

  it('writes them as a table into a page, and leaves the rest of it alone', async () => {
    writeFileSync(readme(), page);
    const write = () => sluice(folder, 'directives', '--plugin', './shout.ts', '--into', 'README.md');
    const table = `| directive | key | meaning | where | default |
| --- | --- | --- | --- | --- |
| \`ShoutWord word\` | \`shoutWord\` | The word. | directory | Hey |`;
    for (const time of ['first', 'second']) {
      expect({ time, ...(await write()) }).toEqual({ time, status: 0, stdout: '', stderr: '' });
      expect(readFileSync(readme(), 'utf8')).toBe(page.replace('old', table));
    }
  });

  it('says what is wrong', async () => {
    writeFileSync(readme(), '# Shout\n');
    const [noMarks, noFile, noPlugin, notAlone, whose] = await Promise.all([
      sluice(folder, 'directives', '--plugin', './shout.ts', '--into', 'README.md'),
      sluice(folder, 'directives', '--plugin', './shout.ts', '--into', 'none.md'),
      sluice(folder, 'directives', '--plugin', './shot.ts'),
      sluice(folder, 'directives', 'ShoutWord', '--plugin', './shout.ts'),
      sluice(folder, 'directives', '--into', 'README.md'),
    ]);
    expect(noMarks.stderr).toContain('README.md has no place for the table: a line <!-- directives -->');
    expect(noFile.stderr).toMatch(/^error: ENOENT: .*none\.md/);
    expect(noPlugin.stderr).toContain('did you mean "shout.ts"?');
    expect(notAlone.stderr).toContain('--plugin goes without ShoutWord');
    expect(whose.stderr).toContain('--into needs --plugin');
    expect([noMarks, noFile, noPlugin, notAlone, whose].map(({ status }) => status)).toEqual([1, 1, 1, 2, 2]);
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
      /^shout\n {2}from {12}\.\/shout\.ts\n {2}version {9}1\.2\.0\n {2}aliases {9}mod_shout\n {2}needs {11}sluice >=0\.1, alias \*\n {2}phases {10}fixup\n {2}output filters {2}SHOUT\n {2}services {8}shout\.words\n {2}directives {6}ShoutWord$/m,
    );
  });

  it('prints JSON', async () => {
    const plugins = JSON.parse((await sluice(folder, 'plugins', '--json')).stdout) as { name: string }[];
    expect(plugins.map(({ name }) => name)).toContain('auth_basic');
  });
});

describe('sluice schema', () => {
  it('prints the JSON Schema of a config with these plugins, whose config may name it', async () => {
    const { status, stdout } = await sluice(folder, 'schema', '-c', '.');
    expect(status).toBe(0);
    const { $schema, $defs } = JSON.parse(stdout) as { $schema: string; $defs: Record<string, object> };
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect($defs['shoutWord']).toMatchObject({ description: 'The word.\n\nDefault: Hey.\n\nShoutWord word' });
    writeFileSync(join(folder, 'named.json'), JSON.stringify({ $schema: './sluice.schema.json', listen: 8080 }));
    expect(await sluice(folder, 'check', '-c', 'named.json')).toMatchObject({ stdout: 'Syntax OK\n', status: 0 });
  });
});
