import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../built-in-plugins.ts';
import { configSchema } from '../../../core/config/json-schema.ts';
import { PluginSet } from '../../../core/plugin-set.ts';
import type { Plugin } from '../../../index.ts';
import { testApp } from '../../../testing/index.ts';
import { schemaFaults } from './schema-fits.ts';

const loud = {
  name: 'loud',
  directives: {
    Loudness: {
      takes: 'one',
      usage: 'High | Low | Off',
      help: 'How loud it is.',
      words: ['High', 'Low', 'Off'],
      contexts: ['server config'],
      defaultText: 'Low',
    },
    LoudWord: { takes: 'one', usage: 'word', help: 'Old.', contexts: ['directory'], deprecated: 'use Loudness' },
    LoudPlaces: {
      takes: 'oneOrThree',
      usage: 'place [from to]',
      help: 'Where.',
      contexts: ['server config', 'directory'],
    },
  },
} as Plugin;

const plugins = new PluginSet([...builtInPlugins, loud]);
const schema = configSchema(plugins.directives);
const faults = (config: unknown): readonly string[] => schemaFaults(config, schema);

describe('the JSON Schema of a config', () => {
  it.each([
    [{}],
    [{ $schema: './sluice.schema.json', serverRoot: '/srv', plugins: ['./loud.ts'], sections: [] }],
    [{ listen: 8080, documentRoot: './htdocs', keepAlive: true, serverName: 'a.example' }],
    [{ listen: [8080, '127.0.0.1:8081'], keepAlive: 'Off' }],
    [{ sections: [{ location: '/', require: 'valid-user', authType: 'Basic', authName: 'x', authUserFile: 'f' }] }],
    [
      {
        sections: [{ virtualHost: ['*:80'], serverName: 'b', sections: [{ if: 'true', sections: [{ else: true }] }] }],
      },
    ],
    [{ sections: [{ directory: '/srv', requireAll: { require: ['all granted'] } }] }],
    [{ sections: [{ directory: '/srv', requireAny: [{ require: 'all granted' }, { requireNone: {} }] }] }],
    [{ header: ['set', 'X-A', 'b'] }],
    [{ header: [['set', 'X-A', 'b'], 'set X-B c'] }],
    [{ errorDocument: [404, '/missing'] }],
    [{ loudness: 'Low', loudPlaces: ['a', 'b', 'c'] }],
    [{ loudness: false, loudPlaces: 'a b c' }],
    [{ allowEncodedSlashes: true }],
  ])('takes %j, as a start does', async (config) => {
    expect(faults(config)).toEqual([]);
    const { plugins: _, serverRoot: __, sections = [], ...rest } = config as { [key: string]: unknown };
    // Folders and files of the table needn't exist for the schema.
    if ((sections as []).length === 0 && !('documentRoot' in rest)) {
      await expect(testApp({ ...rest, plugins: [loud] }).then(() => 'started')).resolves.toBe('started');
    }
  });

  it.each([
    [{ documentRot: './htdocs' }, '/documentRot: is not known here'],
    [{ keepAlive: 'perhaps' }, '/keepAlive: enum'],
    [{ documentRoot: {} }, '/documentRoot: type'],
    [{ requireAll: {} }, '/requireAll: is not known here'],
    [{ sections: [{ location: '/', listen: 80 }] }, '/sections/0/listen: is not known here'],
    [{ sections: [{ location: '/', files: '*.txt' }] }, 'is not known here'],
    [{ sections: [{ require: 'valid-user' }] }, '/sections/0: required'],
    [{ sections: [{ location: '/', sections: [{ virtualHost: '*' }] }] }, '/sections/0/sections/0'],
    [{ sections: [{ else: 'yes' }] }, '/sections/0'],
    [{ sections: { location: '/' } }, '/sections: type "array"'],
    [{ loudness: 'Medium' }, '/loudness: enum ["High","Low","Off",false]'],
    [{ loudPlaces: ['a', 'b'] }, '/loudPlaces'],
    [{ loudPlaces: ['a', 'b', 'c', 'd'] }, '/loudPlaces'],
    [{ loudWord: 'x' }, '/loudWord: is not known here'],
    [{ sSITimeFormat: '%F' }, '/sSITimeFormat: is not known here'],
    [{ plugins: 'loud' }, '/plugins: type "array"'],
  ])('refuses %j, as a start does', async (config, fault) => {
    expect(faults(config).join('\n')).toContain(fault);
    await expect(
      testApp({ ...config, plugins: (config as { plugins?: [] }).plugins ?? [loud] } as object),
    ).rejects.toThrow();
  });

  it('explains the directives', () => {
    const { loudness, loudWord } = schema['$defs'] as Record<string, object>;
    expect(loudness).toMatchObject({ description: 'How loud it is.\n\nDefault: Low.\n\nLoudness High | Low | Off' });
    expect(loudWord).toMatchObject({
      deprecated: true,
      description: 'Old.\n\nDeprecated: use Loudness.\n\nLoudWord word',
    });
  });

  it('has all directives, each where it may stand', () => {
    const defined = Object.keys(schema['$defs'] as object);
    expect(defined).toEqual(expect.arrayContaining(['listen', 'ssiTimeFormat', 'fileETag', 'Directory']));
    expect(defined.length).toBeGreaterThan(plugins.directives.names().length);
  });
});

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const configs = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /^[^/]+\/sluice\.config\.ts$/.test(name),
);

describe('the configs of the examples', () => {
  it.each(configs)('%s fits, but for its functions', async (name) => {
    const module = (await import(pathToFileURL(join(examples, name)).href)) as { default: object };
    const { plugins: _, ...config } = JSON.parse(JSON.stringify(module.default, withoutFunctions)) as { plugins?: [] };
    expect(faults(config)).toEqual([]);
  });
});

/** Functions, and objects that stand behind a name, by the text that a JSON config would have. */
function withoutFunctions(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return './handler.ts';
  if (!Array.isArray(value) || typeof value[0] !== 'string') return value;
  return value.map((item: unknown) => (typeof item === 'object' ? './provider.ts' : item));
}
