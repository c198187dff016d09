import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSluice, makeTemporaryFolder, root, run } from './made-project.ts';

let folder: string;
let remove: () => void;

beforeEach(() => void ({ folder, remove } = makeTemporaryFolder()));
afterEach(() => remove());

const filesOf = (name: string): string[] =>
  readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).toSorted();

describe('create-sluice', () => {
  it('makes a plugin, named as plugins are, and says what comes next', async () => {
    const { stdout, stderr } = await createSluice(folder, '--template', 'plugin', '--name', 'loud-voice', '--yes');
    expect({ stdout, stderr }).toEqual({
      stdout: `Made sluice-plugin-loud-voice: 11 files in ${join(folder, 'sluice-plugin-loud-voice')}

Next:

  cd sluice-plugin-loud-voice
  npm install
  npm test
`,
      stderr: '',
    });
    expect(filesOf('sluice-plugin-loud-voice')).toContain(join('.github', 'workflows', 'ci.yml'));
    expect(filesOf('sluice-plugin-loud-voice')).toContain('.gitignore');
  });

  it('puts the name into every file, in the spelling that belongs there', async () => {
    await createSluice(folder, '-t', 'plugin', '-n', '@ann/sluice-plugin-loud-voice', '-d', 'x', '-y');
    const texts = filesOf('x')
      .filter((file) => /\.\w+$/.test(file) && !file.endsWith('.github'))
      .map((file) => readFileSync(join(folder, 'x', file), 'utf8'));
    expect(texts.join('\n')).not.toMatch(/powered|YEAR/i);
    const source = readFileSync(join(folder, 'x/index.ts'), 'utf8');
    expect(source).toContain("name: 'loud_voice'");
    expect(source).toContain('LoudVoice: {');
    expect(source).toContain('r.config.loudVoice!');
    expect(source).toContain("'X-Loud-Voice'");
    expect(readFileSync(join(folder, 'x/test/httpd.conf'), 'utf8')).toContain('Plugin @ann/sluice-plugin-loud-voice\n');
  });

  it('makes a site where nothing is said but --yes', async () => {
    expect((await createSluice(folder, '--yes')).status).toBe(0);
    expect(filesOf('my-site')).toContain('sluice.config.ts');
  });

  it('takes template and name as words too, which npm hands on without a --', async () => {
    expect((await createSluice(folder, 'handler', 'hello', '-y')).stdout).toMatch(/^Made hello: /);
    expect(filesOf('hello')).toContain('index.ts');
  });

  it('overwrites nothing: where a file is in the way, none is written', async () => {
    writeFileSync(join(folder, 'package.json'), '{}');
    mkdirSync(join(folder, '.git'));
    const refused = await createSluice(folder, '-t', 'handler', '-d', '.', '-y');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toBe(
      `error: nothing was written, for ${folder} has package.json already; name another folder with --directory\n`,
    );
    expect(filesOf('.')).toEqual(['.git', 'package.json']);
  });

  it('says in words that a folder is none', async () => {
    writeFileSync(join(folder, 'taken'), '');
    const { status, stderr } = await createSluice(folder, 'site', '-d', 'taken', '-y');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: E[A-Z]+: .*taken'\n$/);
  });

  it.each([
    [['-t', 'plug', '-y'], 'there are the templates site, handler, plugin, but not "plug"'],
    [['-t', 'plugin', '-n', 'Loud Voice', '-y'], 'such as sluice-plugin-powered-by, not "Loud Voice"'],
    [['-n', '../up', '-y'], 'such as my-site, not "../up"'],
    [['site', 'a', 'b', '-y'], 'expected a template and a name, but was given also "b"'],
    [['site', '-t', 'plugin', '-y'], 'name the template once'],
    [['site', 'a', '-n', 'b', '-y'], 'say the name once'],
    [['--nmae', 'x'], "Unknown option '--nmae'"],
    [['--name'], "Option '-n, --name <value>' argument missing"],
    [['-t', 'site'], 'there is no terminal to ask on: say --template, --name and --directory, or --yes'],
  ])('refuses %j in words', async (args, message) => {
    const { status, stdout, stderr } = await createSluice(folder, ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(filesOf('.')).toEqual([]);
  });

  it('is published with every file of its templates', async () => {
    const own = join(root, 'create-sluice');
    const [packed] = JSON.parse(await run(own, 'npm', 'pack', '--dry-run', '--json'));
    const paths = packed.files.map(({ path }: { path: string }) => path);
    const templates = readdirSync(join(own, 'templates'), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(own, join(entry.parentPath, entry.name)));
    expect(templates.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('has the version of the Sluice that its templates ask for', async () => {
    const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
    const { version } = read('package.json');
    expect((await createSluice(folder, '--version')).stdout).toBe(`${version}\n`);
    for (const template of ['site', 'handler', 'plugin']) {
      const {
        dependencies,
        devDependencies,
        peerDependencies = {},
      } = read(`create-sluice/templates/${template}/package.json`);
      const all = { ...dependencies, ...devDependencies, ...peerDependencies };
      expect({ template, sluice: all.sluice }).toEqual({ template, sluice: `^${version}` });
    }
  });
});
