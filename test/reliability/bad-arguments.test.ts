import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { builtInPlugins } from '../../built-in-plugins.ts';
import { argumentCounts } from '../../core/config/arguments.ts';
import { type ConfigError, isConfigError } from '../../core/config/config-error.ts';
import type { DirectiveDeclaration } from '../../core/config/directive.ts';
import { Generation } from '../../core/generation.ts';
import { handlerDirective, phases } from '../../core/phases.ts';
import { makeSite } from '../make-site.ts';
import { badArguments } from './bad-arguments.ts';

const folder = makeSite({ 'a.txt': '' });
const file = `${folder}/httpd.conf`;

const phaseDirectives = new Set(['init' as const, ...phases.map(({ name }) => name)].map(handlerDirective));
const directives = builtInPlugins.flatMap((plugin) =>
  Object.entries<DirectiveDeclaration | undefined>(plugin.directives ?? {}).flatMap(([name, declaration]) =>
    declaration === undefined ? [] : [{ name, declaration, phase: phaseDirectives.has(name) }],
  ),
);
const lines = directives.filter(({ declaration, phase }) => declaration.block === undefined && !phase);

/** What is thrown for a line at a place where its directive may stand; undefined where it is taken. */
async function thrownFor({ contexts }: DirectiveDeclaration, line: string): Promise<unknown> {
  const section = contexts.includes('server config')
    ? line
    : contexts.includes('virtual host')
      ? `<VirtualHost *>\n${line}\n</VirtualHost>`
      : `<Directory "${folder}">\n${line}\n</Directory>`;
  writeFileSync(file, `${section}\n`);
  try {
    await (await Generation.load({ file }, { builtIn: builtInPlugins })).close();
    return undefined;
  } catch (error) {
    return error;
  }
}

async function expectRefused(declaration: DirectiveDeclaration, line: string): Promise<void> {
  const error = (await thrownFor(declaration, line)) as ConfigError | undefined;
  expect({ line, refused: isConfigError(error), file: error?.file, message: error?.message }).toEqual({
    line,
    refused: true,
    file,
    message: expect.stringMatching(/httpd\.conf(?::\d+)?: \S/),
  });
}

describe('bad arguments', () => {
  it('are listed for every directive', () => {
    expect(lines.map(({ name }) => name).filter((name) => !Object.hasOwn(badArguments, name))).toEqual([]);
    const names = new Set(lines.map(({ name }) => name));
    expect(Object.keys(badArguments).filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(lines.filter(({ declaration }) => argumentCounts[declaration.takes].least > 0))(
    '$name is refused without any',
    async ({ name, declaration }) => expectRefused(declaration, name),
  );

  it.each(lines.filter(({ declaration }) => Number.isFinite(argumentCounts[declaration.takes].most)))(
    '$name is refused with one too many',
    async ({ name, declaration }) => {
      if (declaration.takes === 'raw') return;
      await expectRefused(declaration, `${name} ${'On '.repeat(argumentCounts[declaration.takes].most + 1)}`);
    },
  );

  it.each(lines.flatMap((line) => (badArguments[line.name] ?? []).map((args) => ({ ...line, args }))))(
    '$name is refused with $args',
    async ({ name, declaration, args }) => expectRefused(declaration, `${name} ${args}`),
  );

  it.each(directives.filter(({ phase }) => phase))('$name is refused without a handler', async (directive) => {
    const { name, declaration } = directive;
    for (const args of ['', './missing.ts', './a.txt', 'a | .b | .c'])
      await expectRefused(declaration, `${name} ${args}`);
  });

  it('of any kind are a mistake of the config, or taken; never a failure of the reader', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        'On',
        'all',
        '^/(.*)$',
        '%{HTTP_HOST}',
        '""',
        '-',
        '!',
        '(',
        '%',
        '[L,R]',
        'a=b',
        '*',
        '10.0.0.0/8',
      ),
      fc.string({ maxLength: 8 }).map((text) => text.replace(/[\0\r\n\\]/g, '')),
    );
    // Names of hosts are looked up.
    const quick = lines.filter(({ name }) => !/^(?:RemoteIP|Require|Allow|Deny)/.test(name));
    const line = fc.record({ directive: fc.constantFrom(...quick), words: fc.array(word, { maxLength: 4 }) });
    await fc.assert(
      fc.asyncProperty(line, async ({ directive: { name, declaration }, words }) => {
        const error = await thrownFor(declaration, `${name} ${words.join(' ')}`);
        return error === undefined || isConfigError(error);
      }),
      { numRuns: 300 },
    );
  });
});
