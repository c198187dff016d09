import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFolder, sluice } from './sluice.ts';

let folder: string;
let remove: () => void;

beforeAll(() => {
  ({ folder, remove } = makeFolder({
    'good/httpd.conf': '<IfDefine Broken>\nNonsense\n</IfDefine>\nWarning "mind the gap"\n',
    'good/sluice.config.json': '{ "listen": 0 }',
    'two-mistakes.conf': 'Listen 8080\nDocumentRot x\n<Location /a>\nListen 3\n</Location>\n',
    'missing-handler.conf': '\nContentHandler ./nowhere.ts\n',
    'throwing.conf': 'ContentHandler ./throwing.ts\n',
    'throwing.ts': 'throw new Error("boom");\n',
    'ticking.conf': 'ContentHandler ./ticking.ts\n',
    'ticking.ts': 'setInterval(() => {}, 1000);\nexport default () => "";\n',
    'typo.config.ts': 'export default {\n  sections: [{ location: "/", contentHandlr: () => "" }],\n};\n',
    'empty/readme.txt': '',
    'logs.conf': 'ErrorLog ./error.log\nCustomLog ./access.log common\nCustomLog "|touch started" common\n',
    'nickname.conf': 'Listen 8080\nCustomLog ./access.log comon\n',
    'circle.conf': 'Plugin ./a.ts ./b.ts\n',
    'a.ts': 'export default { name: "a", phases: { fixup: { handler() {}, after: ["b"], before: ["b"] } } };\n',
    'b.ts': 'export default { name: "b", phases: { fixup: { handler() {} } } };\n',
  }));
});
afterAll(() => remove());

describe('sluice check', () => {
  it('says Syntax OK of a good config, whose warnings go to standard error', async () => {
    expect(await sluice(folder, 'check', '-c', 'good/httpd.conf')).toEqual({
      status: 0,
      stdout: 'Syntax OK\n',
      stderr: `warning: ${join(folder, 'good/httpd.conf')}:4: mind the gap\n`,
    });
  });

  it('finds the config of the current folder, and of the folder that -c names', async () => {
    const [here, there] = await Promise.all([
      sluice(join(folder, 'good'), 'check'),
      sluice(folder, 'check', '-c', 'good'),
    ]);
    expect(here).toEqual({ status: 0, stdout: 'Syntax OK\n', stderr: '' });
    expect(there).toEqual(here);
  });

  it('defines the names that -D gives', async () => {
    const { status, stderr } = await sluice(folder, 'check', '-D', 'Broken', '-c', 'good/httpd.conf');
    expect(status).toBe(1);
    expect(stderr).toContain('httpd.conf:2: unknown directive Nonsense');
  });

  it.each([['check'], ['explain', 'GET', '/'], ['plugins']])(
    '%s opens no log and starts no program',
    async (...command) => {
      expect(await sluice(folder, ...command, '-c', 'logs.conf')).toMatchObject({ status: 0, stderr: '' });
      for (const name of ['error.log', 'access.log', 'started']) expect(existsSync(join(folder, name))).toBe(false);
    },
  );

  it('finds what only the whole config shows', async () => {
    const { status, stderr } = await sluice(folder, 'check', '-c', 'nickname.conf');
    expect(status).toBe(1);
    expect(stderr).toContain('nickname.conf:2: there is no LogFormat with the nickname comon; did you mean "common"?');
  });

  it('tells every mistake with its file and line', async () => {
    const { status, stdout, stderr } = await sluice(folder, 'check', '-c', 'two-mistakes.conf');
    const file = join(folder, 'two-mistakes.conf');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      expect.stringContaining(`${file}:2: unknown directive DocumentRot`),
      `${file}:4: Listen is not allowed in <Location>; its place is: server config`,
      '',
    ]);
  });

  it.each([
    ['missing-handler.conf', 'missing-handler.conf:2: there is no file '],
    ['throwing.conf', "throwing.conf:1: ./throwing.ts can't be imported: Error: boom"],
    ['typo.config.ts', 'typo.config.ts:2: '],
    ['circle.conf', 'a (./a.ts) must run before b (./b.ts) must run before a'],
    ['nowhere.conf', 'there is no config file '],
    ['empty', 'there is no config in '],
  ])('ends with 1 and one message without a stack for %s', async (config, message) => {
    const { status, stdout, stderr } = await sluice(folder, 'check', '-c', config);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim()).not.toContain('\n');
  });

  it('ends although a module of the config has a timer', async () => {
    expect(await sluice(folder, 'check', '-c', 'ticking.conf')).toMatchObject({ status: 0 });
  });
});
