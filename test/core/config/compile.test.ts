import { beforeEach, describe, expect, it } from '@jest/globals';

import { compileScopes } from '../../../core/config/compile.ts';
import type { CompileOptions } from '../../../core/config/compile.ts';
import type { AllowedOverride, DirectiveDeclaration } from '../../../core/config/directive.ts';
import { readHttpdText } from '../../../core/config/httpd-syntax.ts';
import { DirectiveRegistry } from '../../../core/config/registry.ts';
import type { Scope } from '../../../core/config/scope.ts';

const everywhere = ['server config', 'virtual host', 'directory', '.htaccess'] as const;

const declare = (
  takes: DirectiveDeclaration['takes'],
  more: Partial<DirectiveDeclaration> = {},
): DirectiveDeclaration => ({
  takes,
  usage: 'thing',
  help: 'A thing.',
  contexts: everywhere,
  override: 'FileInfo',
  ...more,
});

const listed: Partial<DirectiveDeclaration> = {
  combine: (earlier, later) => [...(earlier as unknown[]), ...(later as unknown[])],
};

const declarations: Record<string, DirectiveDeclaration> = {
  None: declare('none'),
  One: declare('one'),
  Two: declare('two'),
  OneOrThree: declare('oneOrThree'),
  Switch: declare('flag'),
  Raw: declare('raw'),
  Words: declare('iterate'),
  Types: declare('iterate2', { parse: async (args) => [await Promise.resolve(args.join('='))], ...listed }),
  Root: declare('one', {
    contexts: ['server config', 'virtual host'],
    parse: ([path = ''], site) => site.resolve(path),
  }),
  Alias: declare('any', { ...listed }),
  AliasMatch: declare('any', { into: 'alias' as never, parse: (args) => args.map((word) => `~${word}`) }),
  Picky: declare('one', { parse: (_args, site) => site.fail('expected another') }),
  Broken: declare('one', { parse: () => JSON.parse('{') as never }),
  Where: declare('none', { parse: (_args, { context, section }) => [context, section?.name] }),
  Private: declare('none', { override: 'AuthConfig' }),
  All: declare('none', { block: true, parse: (_args, site) => site.children }),
};

let registry: DirectiveRegistry;
let warnings: string[];

beforeEach(() => {
  registry = new DirectiveRegistry();
  registry.add('test', declarations);
  warnings = [];
});

const file = '/etc/site/httpd.conf';

const compile = async (text: string, more: Partial<CompileOptions> = {}): Promise<Scope> => {
  const { nodes } = await readHttpdText(text, file, { hasPlugin: () => false, definePlugin: () => {}, warn: () => {} });
  return await compileScopes(nodes, registry, {
    file,
    importModule: () => Promise.reject(new Error('nothing to import')),
    warn: (message) => warnings.push(message),
    ...more,
  });
};

const values = async (text: string, more?: Partial<CompileOptions>): Promise<Record<string, unknown>> =>
  Object.fromEntries((await compile(text, more)).values);

describe('values', () => {
  it.each([
    ['None', { none: [] }],
    ['one "a b"', { one: 'a b' }],
    ['One a\nOne b', { one: 'b' }],
    ['Two a b', { two: ['a', 'b'] }],
    ['Switch on', { switch: true }],
    ['SWITCH Off', { switch: false }],
    ['Raw "a"  b # c', { raw: '"a"  b # c' }],
    ['Words a b', { words: ['a', 'b'] }],
    ['Types t .a .b\nTypes u .c', { types: ['t=.a', 't=.b', 'u=.c'] }],
    ['Root htdocs', { root: '/etc/site/htdocs' }],
    ['Alias /a\nAliasMatch /b', { alias: ['/a', '~/b'] }],
  ])('%s', async (text, expected) => {
    expect(await values(text)).toEqual(expected);
  });

  it('resolve paths against the ServerRoot where there is one', async () => {
    expect(await values('Root htdocs', { serverRoot: '/srv' })).toEqual({ root: '/srv/htdocs' });
  });

  it('of a block are made of what is inside, in order', async () => {
    expect(await values('<All>\nOne a\n<All>\nOne b\n</All>\nOne c\n</All>')).toEqual({
      all: [
        { name: 'One', value: 'a' },
        { name: 'All', value: [{ name: 'One', value: 'b' }] },
        { name: 'One', value: 'c' },
      ],
    });
  });
});

describe('mistakes', () => {
  it.each([
    ['Onee x', ':1: unknown directive Onee: misspelt, or from a plugin that is not loaded; did you mean "One"?'],
    [
      '<Fils x>\n</Fils>',
      ':1: unknown section <Fils>: misspelt, or from a plugin that is not loaded; did you mean "Files"?',
    ],
    ['<One x>\n</One>', ':1: One is not a section; write it on one line: One thing'],
    ['All', ':1: All is a section; write <All> … </All>'],
    ['Files x', ':1: Files is a section; write <Files …>'],
    ['None x', ':1: None takes no arguments (thing), but 1 were given: x'],
    ['\nOne', ':2: One takes one argument (thing), but none was given'],
    ['One a b', ':1: One takes one argument (thing), but 2 were given: a b'],
    ['OneOrThree a b', 'OneOrThree takes one or three arguments'],
    ['Raw', 'Raw takes at least one argument (thing), but none was given'],
    ['Types a', 'Types takes at least two arguments'],
    ['Switch yes', ':1: Switch must be On or Off, but is "yes"'],
    ['Picky x', ':1: expected another'],
    ['Broken x', ':1: Expected property name'],
    [
      '<Location /x>\nRoot y\n</Location>',
      ':2: Root is not allowed in <Location>; its place is: server config, virtual host',
    ],
    ['<Directory>\n</Directory>', ':1: <Directory> needs an argument, as in <Directory "…">'],
    ['<Location /a b>\n</Location>', '<Location> takes one argument, but got "/a" "b"; quote one that has blanks'],
    ['<Files ~>\n</Files>', '<Files> takes one argument'],
    ['<If "1">\n</If>\n<Else 2>\n</Else>', ':3: <Else> takes no argument, but "2" was given'],
    ['<Else>\n</Else>', ':1: <Else> needs an <If> or <ElseIf> before it in the same section'],
    ['<If 1>\n</If>\n<Else>\n</Else>\n<ElseIf 2>\n</ElseIf>', ':5: <ElseIf> needs an <If>'],
    ['<Location /a>\n<Location /b>\n</Location>\n</Location>', ':2: <Location> is not allowed in <Location>'],
    ['<Location /a>\n<Files b>\n</Files>\n</Location>', ':2: <Files> is not allowed in <Location>'],
    ['<Limit GET>\n<If 1>\n</If>\n</Limit>', ':2: <If> is not allowed in <Limit>'],
    [
      '<VirtualHost *>\n<VirtualHost *>\n</VirtualHost>\n</VirtualHost>',
      ':2: <VirtualHost> is not allowed in <VirtualHost>',
    ],
    ['<All>\n<If 1>\n</If>\n</All>', ':2: If is not allowed in <All>'],
  ])('%j', async (text, message) => {
    await expect(compile(text)).rejects.toThrow(message);
  });

  it('are told all at once', async () => {
    await expect(compile('Onee\nOne a\n<Files x>\nSwitch maybe\n</Files>')).rejects.toMatchObject({
      line: 1,
      message: expect.stringMatching(/^\S+:1: unknown.*\n\S+:4: Switch must be On or Off, but is "maybe"$/),
    });
  });

  it('of two plugins with one directive name both', () => {
    expect(() => registry.add('other', { one: declare('one') } as never)).toThrow(
      'the plugins test and other both declare the directive one; only one can be used',
    );
  });
});

describe('sections', () => {
  it('keep their order, arguments and lines', async () => {
    const scope = await compile(
      '<Location /b>\nOne x\n</Location>\n<files ~ "a+">\n</files>\n<If %{A} == "b c">\n</If>',
    );
    expect(scope.sections).toMatchObject([
      { kind: 'Location', args: ['/b'], line: 1, file },
      { kind: 'Files', args: ['~', 'a+'], line: 4 },
      { kind: 'If', args: ['%{A} == "b c"'], line: 6 },
    ]);
    expect(scope.sections[0]?.values.get('one')).toBe('x');
    expect(Object.isFrozen(scope)).toBe(true);
  });

  it('tell directives where they are', async () => {
    const scope = await compile(
      'Where\n<VirtualHost *:80>\nWhere\n<Directory /a>\nWhere\n</Directory>\n</VirtualHost>',
    );
    const host = scope.sections[0];
    expect(scope.values.get('where')).toEqual(['server config', undefined]);
    expect(host?.values.get('where')).toEqual(['virtual host', 'VirtualHost']);
    expect(host?.sections[0]?.values.get('where')).toEqual(['directory', 'Directory']);
  });
});

describe('.htaccess files', () => {
  const override = (more: Partial<AllowedOverride> = {}): { override: AllowedOverride } => ({
    override: {
      classes: new Set(['FileInfo']),
      options: undefined,
      directives: new Set(),
      nonfatal: new Set(),
      ...more,
    },
  });

  it('may say what AllowOverride permits', async () => {
    expect(await values('One a\n<Files x>\nOne b\n</Files>', override())).toEqual({ one: 'a' });
    await expect(compile('Private', override())).rejects.toThrow(
      "Private is not allowed here: AllowOverride doesn't include AuthConfig",
    );
    expect(await values('Private', override({ directives: new Set(['private']) }))).toEqual({ private: [] });
  });

  it('never hold what is the server’s alone', async () => {
    const permitted = override({ directives: new Set(['root']) });
    await expect(compile('Root x', permitted)).rejects.toThrow('Root is not allowed in .htaccess files');
    await expect(compile('<Location /x>\n</Location>', permitted)).rejects.toThrow(
      '<Location> is not allowed in .htaccess files',
    );
  });

  it('lose the lines that Nonfatal forgives, with a warning', async () => {
    const forgiving = override({ nonfatal: new Set(['override']) });
    expect(await values('Private\nOne a', forgiving)).toEqual({ one: 'a' });
    expect(warnings).toEqual([expect.stringContaining(':1: Private is not allowed here')]);
    await expect(compile('Onee', forgiving)).rejects.toThrow('unknown directive');
    expect(await values('Onee\nOne a', override({ nonfatal: new Set(['unknown']) }))).toEqual({ one: 'a' });
  });
});
