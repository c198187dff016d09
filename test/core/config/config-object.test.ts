import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isConfigError } from '../../../core/config/config-error.ts';
import { readConfigObject } from '../../../core/config/config-object.ts';
import type { DirectiveDeclaration } from '../../../core/config/directive.ts';
import type { ReadOptions } from '../../../core/config/reading.ts';
import { DirectiveRegistry } from '../../../core/config/registry.ts';
import type { ConfigNode } from '../../../core/config/tree.ts';

const declare = (takes: DirectiveDeclaration['takes'], block?: true): DirectiveDeclaration => ({
  takes,
  usage: 'thing',
  help: 'A thing.',
  contexts: ['server config', 'directory'],
  ...(takes === 'any' ? { functions: true } : {}),
  ...(block && { block }),
});

let registry: DirectiveRegistry;
let options: ReadOptions;

beforeEach(() => {
  registry = new DirectiveRegistry();
  registry.add('test', {
    None: declare('none'),
    Name: declare('one'),
    Require: declare('raw'),
    Switch: declare('flag'),
    Alias: declare('two'),
    Words: declare('iterate'),
    ContentHandler: declare('any'),
    RequireAll: declare('none', true),
  } as never);
  options = {
    hasPlugin: () => false,
    warn: () => {},
    definePlugin: (plugin) =>
      registry.add('shout', { [`From${typeof plugin === 'string' ? plugin : 'Object'}`]: declare('one') }),
  };
});

const read = async (config: unknown, source?: string): Promise<readonly ConfigNode[]> =>
  (
    await readConfigObject(
      config,
      { file: '/x/sluice.config.ts', ...(source !== undefined && { source }) },
      registry,
      options,
    )
  ).nodes;

const lines = async (config: unknown): Promise<unknown[]> =>
  (await read(config)).map(({ name, args }) => [name, ...args]);

const handler = (): string => 'hi';

describe('values', () => {
  it.each([
    [{ none: true }, [['None']]],
    [{ none: false }, []],
    [{ name: 'a b' }, [['Name', 'a b']]],
    [{ name: 8080 }, [['Name', '8080']]],
    [
      { name: ['a', 'b'] },
      [
        ['Name', 'a'],
        ['Name', 'b'],
      ],
    ],
    [{ name: /^a$/i }, [['Name', '(?i)^a$']]],
    [{ require: 'user "a b"' }, [['Require', 'user "a b"']]],
    [{ switch: true }, [['Switch', 'On']]],
    [{ switch: false }, [['Switch', 'Off']]],
    [{ alias: '/a "/b c"' }, [['Alias', '/a', '/b c']]],
    [{ alias: ['/a', '/b c'] }, [['Alias', '/a', '/b c']]],
    [
      { alias: [['/a', '/b c'], '/d /e'] },
      [
        ['Alias', '/a', '/b c'],
        ['Alias', '/d', '/e'],
      ],
    ],
    [{ words: ['a b', 'c'] }, [['Words', 'a b', 'c']]],
    [{ contentHandler: handler }, [['ContentHandler', handler]]],
    [{ contentHandler: [handler, './b.ts'] }, [['ContentHandler', handler, './b.ts']]],
    [{ name: undefined }, []],
  ])('%j', async (config, expected) => {
    expect(await lines(config)).toEqual(expected);
  });

  it('of a block are nodes inside it', async () => {
    expect(await read({ requireAll: [{ require: 'all granted' }, { requireAll: { require: 'x' } }] })).toMatchObject([
      { kind: 'section', name: 'RequireAll', children: [{ name: 'Require' }] },
      { kind: 'section', name: 'RequireAll', children: [{ kind: 'section', name: 'RequireAll' }] },
    ]);
  });
});

describe('sections', () => {
  it.each([
    [{ location: '/a b' }, 'Location', ['/a b']],
    [{ locationMatch: /^\/A/i }, 'LocationMatch', ['(?i)^\\/A']],
    [{ virtualHost: '*:80 *:81' }, 'VirtualHost', ['*:80', '*:81']],
    [{ limit: ['GET', 'POST'] }, 'Limit', ['GET', 'POST']],
    [{ if: '%{A} == 1' }, 'If', ['%{A} == 1']],
    [{ else: true }, 'Else', []],
  ])('%j', async (section, name, args) => {
    expect(await read({ sections: [section] })).toEqual([
      { kind: 'section', name, args, children: [], file: '/x/sluice.config.ts', line: 0 },
    ]);
  });

  it('hold directives and sections', async () => {
    expect(
      await read({ sections: [{ directory: '/a', name: 'x', sections: [{ files: '*.b', name: 'y' }] }] }),
    ).toMatchObject([
      {
        name: 'Directory',
        children: [
          { name: 'Name', args: ['x'] },
          { name: 'Files', children: [{ args: ['y'] }] },
        ],
      },
    ]);
  });
});

describe('lines', () => {
  it('are those of the keys in the source, in any order and quoting', async () => {
    const source = [
      'export default defineConfig({',
      '  // name: not this one',
      '  sections: [',
      '    {',
      "      'name': 'a',",
      "      location: '/x', contentHandler() {},",
      '    },',
      "    { route: '/y', name: 'location: z' },",
      "    { location: '/z' },",
      '  ],',
      '  alias,',
      '});',
    ].join('\n');
    const config = {
      sections: [
        { name: 'a', location: '/x', contentHandler: handler },
        { route: '/y', name: 'location: z' },
        { location: '/z' },
      ],
      alias: '/a /b',
    };
    const flat = (nodes: readonly ConfigNode[]): unknown[] =>
      nodes.flatMap((node) => [`${node.name} ${node.line}`, ...(node.kind === 'section' ? flat(node.children) : [])]);
    expect(flat(await read(config, source))).toEqual([
      'Location 6',
      'Name 5',
      'ContentHandler 6',
      'Route 8',
      'Name 8',
      'Location 9',
      'Alias 11',
    ]);
  });
});

describe('plugins', () => {
  it('bring their directives before any key is looked at', async () => {
    expect(await lines({ fromShout: 'a', plugins: ['Shout'] })).toEqual([['FromShout', 'a']]);
  });
});

describe('mistakes', () => {
  it.each([
    [{ nmae: 'x' }, 'unknown directive nmae: misspelt, or from a plugin that is not loaded; did you mean "name"?'],
    [{ Name: 'x' }, 'did you mean "name"?'],
    [{ location: '/x' }, 'location is a section; write it as an object in the list "sections"'],
    [{ sections: [{ name: 'x' }] }, 'but here is none among name'],
    [{ sections: [{ location: '/', route: '/' }] }, 'but here is location and route'],
    [{ sections: {} }, 'sections must be an array, but is of type object'],
    [{ sections: [{ location: 1 }] }, 'location must be a string, but is of type number'],
    [{ sections: ['x'] }, 'a section must be an object, but is x'],
    [{ name: { a: 1 } }, 'Name takes one argument (thing), but a value is of type object'],
    [{ name: null }, 'but a value is null'],
    [{ none: 'x' }, 'None takes no arguments'],
    [{ plugins: 'x' }, 'plugins must be an array'],
    [{ plugins: [1] }, 'plugins lists names and plugins, but has a number'],
    [{ serverRoot: 1 }, "serverRoot must be a folder's path"],
    [JSON.parse('{"__proto__": {"name": "x"}}'), 'unknown directive __proto__'],
    [[], 'a config must be an object, but is an array'],
  ])('%j', async (config, message) => {
    await expect(read(config)).rejects.toThrow(message);
  });

  it('are ConfigErrors, whatever the object', async () => {
    const key = fc.constantFrom(
      'name',
      'alias',
      'sections',
      'location',
      'else',
      'plugins',
      'requireAll',
      '__proto__',
      'toString',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (config) => {
        registry = new DirectiveRegistry();
        registry.add('test', {
          Name: declare('one'),
          Alias: declare('two'),
          RequireAll: declare('none', true),
        } as never);
        const outcome: unknown = await read(config).catch((thrown: unknown) => thrown);
        expect(Array.isArray(outcome) || isConfigError(outcome)).toBe(true);
      }),
    );
  });
});
