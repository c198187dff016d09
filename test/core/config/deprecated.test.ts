import { describe, expect, it } from '@jest/globals';
import { builtInPlugins } from '../../../built-in-plugins.ts';
import type { ConfigSource } from '../../../core/generation.ts';
import { Generation } from '../../../core/generation.ts';
import { type Plugin, createApp } from '../../../index.ts';
import { makeSite } from '../../make-site.ts';

const loud = {
  name: 'loud',
  directives: {
    LoudWord: { takes: 'one', usage: 'word', help: 'Old.', contexts: ['server config'], deprecated: 'use Loudness' },
    Loudness: { takes: 'iterate', usage: 'word …', help: 'New.', contexts: ['server config'], words: ['High', 'Low'] },
  },
} as Plugin;

async function warningsOf(source: ConfigSource): Promise<readonly string[]> {
  const warnings: string[] = [];
  const builtIn = [...builtInPlugins, loud];
  await (await Generation.load(source, { builtIn, dry: true, warn: (message) => warnings.push(message) })).close();
  return warnings;
}

const site = makeSite({ 'site.conf': 'Listen 8080\nLoudWord a\nLoudWord b\n', 'new.conf': 'Loudness HIGH low\n' });

describe('a deprecated directive', () => {
  it('gives one warning with its first line, and what to say instead', async () => {
    const file = `${site}/site.conf`;
    expect(await warningsOf({ file })).toEqual([`${file}:2: LoudWord is deprecated (2 lines have it): use Loudness`]);
    expect(await warningsOf({ file: `${site}/new.conf` })).toEqual([]);
  });
});

describe('a directive of a few words', () => {
  it('takes them in any letter case, and gives them as they are declared', async () => {
    const values: unknown[] = [];
    const seen = { name: 'seen', setup: ({ config }) => void values.push((config as never)['loudness']) } as Plugin;
    const app = createApp({ plugins: [loud, seen], loudness: ['HIGH', 'low'] } as object);
    await app.ready();
    await app.stop();
    expect(values).toEqual([['High', 'Low']]);
  });

  it.each([
    [{ loudness: 'Hihg' }, 'Loudness is High or Low, not "Hihg"; did you mean "High"?'],
    [{ directorySlash: 'Maybe' }, 'DirectorySlash is On, Off or NotFound, not "Maybe"'],
  ])('refuses others: %j', async (config, message) => {
    await expect(createApp({ ...config, plugins: [loud] } as object).ready()).rejects.toThrow(message);
  });
});
