import { describe, expect, it } from '@jest/globals';
import { createApp } from '../../index.ts';
import { sluice } from '../cli/sluice.ts';
import { makeSite } from '../make-site.ts';

const long = 'b'.repeat(1_000_000);
/** Config files that nobody means, and the one line that tells what is wrong. */
const mistakes: Readonly<Record<string, readonly [text: string | Uint8Array, message: RegExp]>> = {
  'binary.conf': [Buffer.from('\x7fELF\x02\n\0\x01\n'), /^:2: expected text in UTF-8, but there is a zero byte; .*$/],
  'utf16.conf': [Buffer.from('\uFEFFListen 80\n', 'utf16le'), /^:1: expected text in UTF-8, .*$/],
  'escapes.conf': ['\x1b[2Jx\n', /^:1: unknown directive \\x1b\[2Jx: .*$/],
  'long.conf': [`Listen 80\nx${long}\n`, /^:2: unknown directive x.{100,900} … .{100,900}$/],
  'circle.conf': ['Include ./circle.conf\n', /^:1: the includes go in a circle: .*$/],
  'syntax.conf': [
    'ContentHandler ./syntax.ts\n',
    /^:1: \.\/syntax\.ts can't be imported: .*ParseError.*\(.*syntax\.ts:2\)$/,
  ],
  'package.conf': ['ContentHandler ./package.ts\n', /^:1: .* Cannot find module 'not-there'.*package\.ts.*$/],
  'lines.conf': [
    'ContentHandler ./lines.ts\n',
    /^:1: \.\/lines\.ts can't be imported: Error: first \(.*lines\.ts:1\)$/,
  ],
  'root.conf': ['DocumentRoot ./syntax.ts\n', /^:1: DocumentRoot must be a folder, but .*syntax\.ts is none; .*$/],
  'comma.json': ['{\n  "listen": 80,\n}', /^:3: expected JSON, without comments and final commas: .*$/],
  'empty.json': ['', /^:1: expected JSON, .*$/],
  'function.mjs': ['export default () => ({});', /^: a config must be an object, but is a function$/],
};
const folder = makeSite({
  ...Object.fromEntries(Object.entries(mistakes).map(([name, [text]]) => [name, text])),
  'syntax.ts': 'export const a = 1;\nexport default ( => 1;\n',
  'package.ts': "import x from 'not-there';\nexport default () => x;\n",
  'lines.ts': "throw new Error('first\\nsecond');\n",
  'never.ts': 'await new Promise(() => undefined);\nexport default () => "x";\n',
  'exits.ts': 'process.exit(0);\n',
  'mark.json': '\uFEFF{ "listen": 80 }',
  'mark.conf': '\uFEFFListen 80\r\n<Location /x>\r\nHeader set X "1"\r\n</Location>\r\n',
  'many.conf': 'Nonsense\n'.repeat(500),
});

describe('a config that nobody means', () => {
  it.each(Object.entries(mistakes))('is told in one line: %s', async (name, [, message]) => {
    const error = await createApp(`${folder}/${name}`)
      .ready()
      .then(
        () => new Error('no error'),
        (thrown: Error) => thrown,
      );
    expect(error.message.replace(`${folder}/${name}`, '')).toMatch(message);
  });

  it('with hundreds of mistakes shows the first ones and counts the rest', async () => {
    const error = await createApp(`${folder}/many.conf`)
      .ready()
      .then(
        () => new Error('no error'),
        (thrown: Error) => thrown,
      );
    const lines = error.message.split('\n');
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('and 450 more mistakes');
  });

  it.each(['mark.json', 'mark.conf'])(
    'but has a byte order mark, or the line ends of another system, is good: %s',
    async (name) => {
      await createApp(`${folder}/${name}`).ready();
    },
  );
});

describe('the command', () => {
  it.each(['never.ts', 'exits.ts'])('names the module that ends it: %s', async (name) => {
    const outcome = await sluice(folder, 'serve', name);
    expect(outcome).toMatchObject({ status: 1, stdout: '' });
    expect(outcome.stderr).toContain(`error: the process ended while ${folder}/${name} was imported`);
  });

  it.each(['', 'A=1', 'a b'])('takes no %j for a name to define', async (name) => {
    const { status, stderr } = await sluice(folder, 'check', '-c', 'mark.conf', '-D', name);
    expect(status).toBe(2);
    expect(stderr).toContain(`-D takes a name as IfDefine asks for it, not "${name}"`);
  });
});
