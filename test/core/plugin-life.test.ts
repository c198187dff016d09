import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { builtInPlugins } from '../../built-in-plugins.ts';
import { Generation } from '../../core/generation.ts';
import { type Plugin, createApp } from '../../index.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

/** A package of a plugin, installed. */
function packed(name: string, version: string, source: string): Readonly<Record<string, string>> {
  const peerDependencies = { sluice: '>=0.1 <1' };
  const manifest = { name, version, type: 'module', exports: './dist/index.js', peerDependencies };
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify(manifest),
    [`node_modules/${name}/dist/index.js`]: source,
  };
}

/** A plugin that writes down what happens to it. */
function told(events: string[], plugin: Plugin): Plugin {
  return {
    setup: () => void events.push(`${plugin.name} up`),
    close: () => void events.push(`${plugin.name} down`),
    ...plugin,
  };
}

const folder = makeSite({
  'broken.mjs': 'export default { name: "broken", setup() { throw new Error("up"); } };',
  'packages.conf':
    'LoadModule @acme/sluice-plugin-greet\nPlugin sluice-plugin-words\nPlugin SLUICE-plugin-words\nSetHandler greet\n',
  ...packed('sluice-plugin-words', '1.4.2', 'export default { name: "words" };'),
  ...packed(
    '@acme/sluice-plugin-greet',
    '2.0.0',
    `export const plugin = {
       name: 'greet', dependencies: { 'sluice-plugin-words': '^1.4' }, handlers: { greet: () => 'hello' } };`,
  ),
  'inner/inner.conf': 'Plugin ./inner.mjs\n',
  'inner/inner.mjs': 'export default { name: "inner", handlers: { inner: () => "inner" } };',
  'outer.conf': 'Include inner/inner.conf\nSetHandler inner\n',
  'site.conf': 'Plugin ./shout.mjs\nSetHandler shout\n',
});

describe('plugins', () => {
  it('are set up behind those that they need, and closed the other way round', async () => {
    const events: string[] = [];
    const app = createApp({
      plugins: [
        told(events, {
          name: 'shop',
          dependencies: { sql: '>=1 <3' },
          optionalDependencies: { cache: '*', gone: '^1' },
        }),
        told(events, { name: 'late', after: ['shop', 'absent'] }),
        told(events, { name: 'sql', version: '2.0.0' }),
        told(events, { name: 'cache' }),
        told(events, { name: 'early', before: ['sql', 'cache'] }),
      ],
    });
    await app.ready();
    await app.stop();
    const up = ['early', 'sql', 'cache', 'shop', 'late'];
    expect(events).toEqual([...up.map((name) => `${name} up`), ...up.toReversed().map((name) => `${name} down`)]);
  });

  it.each([
    ['packages that fit together', 'packages.conf', 'hello'],
    ['a file beside the one that names it', 'outer.conf', 'inner'],
  ])('come from %s', async (_, file, answer) => {
    const app = createApp(join(folder, file));
    await request(app.callback()).get('/').expect(200, answer);
    await app.stop();
  });

  it('are set up for every virtual host', async () => {
    const events: string[] = [];
    const names = ['a.example', 'b.example'];
    const app = createApp({
      plugins: [{ name: 'hosts', setup: (server) => void events.push(server.hostname) } satisfies Plugin],
      serverName: 'main.example',
      sections: names.map((name) => ({ virtualHost: '*:80', serverName: name })),
    });
    await app.ready();
    await app.stop();
    expect(events).toEqual(['main.example', ...names]);
  });

  it('run their hooks in the order of their set-up, where the hooks say nothing', async () => {
    const events: string[] = [];
    const hook = (name: string) => ({ fixup: () => (events.push(name), -1 as const) });
    const app = await testApp({
      plugins: [
        { name: 'second', after: ['first'], phases: hook('second') },
        { name: 'first', phases: hook('first') },
      ],
      contentHandler: () => 'hello',
    });
    await request(app).get('/').expect(200);
    expect(events).toEqual(['first', 'second']);
  });

  it('that have been set up are closed where a later one fails', async () => {
    const events: string[] = [];
    const broken = told(events, { name: 'broken', setup: () => Promise.reject(new Error('no database')) });
    const app = createApp({ plugins: [told(events, { name: 'good' }), broken, told(events, { name: 'never' })] });
    await expect(app.ready()).rejects.toThrow(
      'the plugin broken (given in the config) failed in its set-up: no database',
    );
    expect(events).toEqual(['good up', 'good down']);
  });

  it('are all closed, also where one fails at it', async () => {
    const events: string[] = [];
    const broken = told(events, { name: 'broken', close: () => Promise.reject(new Error('still busy')) });
    const app = createApp({ plugins: [told(events, { name: 'good' }), broken] });
    await app.ready();
    await expect(app.stop()).rejects.toThrow('the plugin broken (given in the config) failed when it was closed');
    expect(events).toEqual(['good up', 'broken up', 'good down']);
  });

  it('that are only looked at are not set up', async () => {
    const config = { plugins: ['./broken.mjs'] };
    const generation = await Generation.load({ config, folder }, { builtIn: builtInPlugins, dry: true });
    await generation.close();
    expect(generation.plugins.find('broken')?.name).toBe('broken');
  });

  it('of the old config stay at work where a reload brings a bad one', async () => {
    const version = (text: string, setup = ''): string =>
      `export default { name: 'shout', handlers: { shout: () => '${text}' }, setup() { ${setup} } };`;
    const change = (text: string): void => writeFileSync(join(folder, 'shout.mjs'), text);
    change(version('one'));
    const app = createApp(join(folder, 'site.conf'));
    await app.ready();
    const faults: readonly (readonly [source: string, message: string])[] = [
      ['throw new Error("no database");', "the plugin ./shout.mjs can't be imported: Error: no database"],
      [version('two', 'throw new Error("no table");'), 'failed in its set-up: no table'],
      ['export default { name: "alias" };', 'two plugins have the name or alias alias'],
      ['export const shout = 1;', 'has no default export'],
      [version('two').replace('handlers', 'handler'), 'there is no member handler; did you mean "handlers"?'],
    ];
    for (const [source, message] of faults) {
      change(source);
      await expect(app.reload()).rejects.toThrow(message);
      await request(app.callback()).get('/').expect(200, 'one');
    }
    change(version('two'));
    await app.reload();
    await request(app.callback()).get('/').expect(200, 'two');
    await app.stop();
  });
});
