import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ConfigError } from '../../core/config/config-error.ts';
import { version } from '../../core/version.ts';
import { createApp } from '../../index.ts';
import { makeSite } from '../make-site.ts';

/** Modules of plugins, each with one fault; `package` ones are installed, with this package.json. */
const modules: Readonly<Record<string, string>> = {
  'throws.mjs': 'throw new TypeError("no database");',
  'nothing.mjs': '',
  'named.mjs': 'export const shout = { name: "shout" };',
  'text.mjs': 'export default "shout";',
  'nameless.mjs': 'export default { phases: {} };',
  'factory.mjs': 'export default function shout() { return { name: "shout" }; }',
  'member.mjs': 'export default { name: "shout", phase: {} };',
  'unknown.mjs': 'export default { name: "shout", routes: {} };',
  'phase.mjs': 'export default { name: "shout", phases: { athenticate() { return 0; } } };',
  'hook.mjs': 'export default { name: "shout", phases: { fixup: { order: "early", handler() {} } } };',
  'handler.mjs': 'export default { name: "shout", handlers: { loud: "./loud.ts" } };',
  'takes.mjs': `export default { name: "shout", directives: {
    ShoutWord: { takes: 'too', usage: 'word', help: 'The word.', contexts: [] } } };`,
  'context.mjs': `export default { name: "shout", directives: {
    ShoutWord: { takes: 'one', usage: 'word', help: 'The word.', contexts: ['directories'] } } };`,
  'helpless.mjs': `export default { name: "shout", directives: {
    ShoutWord: { takes: 'one', usage: 'word', contexts: [] } } };`,
  'range.mjs': 'export default { name: "shout", dependencies: { alias: "latest" } };',
  'later.mjs': 'export default { name: "shout", sluice: "^77" };',
  'alias.mjs': 'export default { name: "alias" };',
  'nickname.mjs': 'export default { name: "shout", aliases: ["MOD_ALIAS"] };',
  'directive.mjs': `export default { name: "shout", directives: {
    DOCUMENTROOT: { takes: 'one', usage: 'folder', help: 'The folder.', contexts: ['server config'] } } };`,
  'section.mjs': `export default { name: "shout", directives: {
    Include: { takes: 'one', usage: 'folder', help: 'The folder.', contexts: ['server config'] } } };`,
  'taken.mjs': 'export default { name: "shout", handlers: { "Default-Handler": () => "loud" } };',
  'filter.mjs': 'export default { name: "shout", outputFilters: { deflate: { data() {} } } };',
  'provider.mjs': 'export default { name: "shout", authorizationProviders: { ip: { usage: "address", parse() {} } } };',
  'loud.mjs': 'export default { name: "loud", phases: { fixup: { before: ["quiet"], handler() { return -1; } } } };',
  'quiet.mjs': 'export default { name: "quiet", phases: { fixup: { before: ["loud"], handler() { return -1; } } } };',
  'hen.mjs': 'export default { name: "hen", after: ["egg"] };',
  'egg.mjs': 'export default { name: "egg", after: ["hen"] };',
  'needs.mjs': 'export default { name: "shout", dependencies: { "sluice-plugin-sql": "^1.2" } };',
  'pair.mjs': 'export default { name: "shout", dependencies: { "sluice-plugin-old": "^1.2" } };',
  'maybe.mjs': 'export default { name: "shout", optionalDependencies: { "sluice-plugin-old": "^1.2" } };',
  'unversioned.mjs': 'export default { name: "shout", dependencies: { plain: "^1" } };',
  'plain.mjs': 'export default { name: "plain" };',
  'built-in.mjs': 'export default { name: "shout", dependencies: { alias: "^77" } };',
  'check.mjs': 'export default { name: "shout", check() { throw new Error("no key"); } };',
  'set-up.mjs': 'export default { name: "shout", async setup() { throw new Error("no database"); } };',
};

const packages: Readonly<Record<string, readonly [manifest: object, source: string]>> = {
  'sluice-plugin-old': [{ version: '1.0.0' }, 'export default { name: "old" };'],
  'sluice-plugin-next': [{ version: '2.1.0', peerDependencies: { sluice: '^77' } }, 'throw new Error("not imported");'],
  'sluice-plugin-twin': [{ version: '3.0.0' }, 'export default { name: "old" };'],
  'sluice-plugin-throws': [{ version: '1.0.0' }, 'throw new TypeError("no database");'],
};

const folder = makeSite({
  ...modules,
  ...Object.fromEntries(
    Object.entries(packages).flatMap(([name, [manifest, source]]) => [
      [
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, type: 'module', exports: './index.js', ...manifest }),
      ],
      [`node_modules/${name}/index.js`, source],
    ]),
  ),
});

/** A config whose second line loads these plugins. */
function configWith(plugins: string): string {
  const file = join(folder, 'site.conf');
  writeFileSync(file, `# the plugins\nPlugin ${plugins}\n`);
  return file;
}

describe('a bad plugin', () => {
  it.each([
    [
      './throws.mjs',
      /the plugin \.\/throws\.mjs can't be imported: TypeError: no database \(.*throws\.mjs.*\); mend it, or/,
    ],
    ['./absent.mjs', /there is no file .*absent\.mjs/],
    ['sluice-plugin-absent', /there is no package sluice-plugin-absent to be found from .*; is it installed\?/],
    ['sluice-plugin-throws', /the plugin sluice-plugin-throws can't be imported: TypeError: no database/],
    ['./nothing.mjs', /\.\/nothing\.mjs has no default export; expected "export default definePlugin\(\{ … \}\)"/],
    ['./named.mjs', /\.\/named\.mjs has no default export; .*, but there is shout/],
    ['./named.mjs::loud', /\.\/named\.mjs has no export loud/],
    ['./text.mjs', /\.\/text\.mjs is not a plugin: expected what definePlugin\(.*\) gives, but found "shout"/],
    ['./nameless.mjs', /\.\/nameless\.mjs is not a plugin: .*, but found an object without a name/],
    ['./factory.mjs', /\.\/factory\.mjs is a function, not a plugin; call it in the config if it makes one/],
    ['./member.mjs', /shout \(\.\/member\.mjs\): there is no member phase; did you mean "phases"\?/],
    ['./unknown.mjs', /shout \(\.\/unknown\.mjs\): there is no member routes/],
    ['./phase.mjs', /shout .*: there is no phase athenticate; did you mean "authenticate"\?/],
    ['./hook.mjs', /phases\.fixup\.order must be one of first, middle, last, but is "early"/],
    ['./handler.mjs', /handlers\.loud must be a function, but is "\.\/loud\.ts"/],
    ['./takes.mjs', /directives\.ShoutWord\.takes must be one of none, one, .*, but is "too"; did you mean "two"\?/],
    ['./context.mjs', /ShoutWord\.contexts\[0\] must be one of .*, but is "directories"; did you mean "directory"\?/],
    ['./helpless.mjs', /the member directives\.ShoutWord\.help is missing/],
    ['./range.mjs', /dependencies\.alias must be a range of versions, such as \^1\.2, but is "latest"/],
    [
      './later.mjs',
      `the plugin shout (./later.mjs) is for Sluice ^77, but this is ${version}; install a version of it`,
    ],
    ['sluice-plugin-next', `the plugin sluice-plugin-next 2.1.0 is for Sluice ^77, but this is ${version}`],
    [
      './alias.mjs',
      'two plugins have the name or alias alias: alias (built in) and alias (./alias.mjs); load only one',
    ],
    ['./nickname.mjs', 'have the name or alias mod_alias: alias (built in) and shout (./nickname.mjs)'],
    ['./directive.mjs', 'have the directive documentroot: core (built in) and shout (./directive.mjs)'],
    ['./section.mjs', 'have the directive include: core (built in) and shout (./section.mjs)'],
    ['./taken.mjs', 'have the handler default-handler: static (built in) and shout (./taken.mjs)'],
    ['./filter.mjs', 'have the output filter deflate: deflate (built in) and shout (./filter.mjs)'],
    ['./provider.mjs', 'have the authorization provider ip: authz_host (built in) and shout (./provider.mjs)'],
    [
      'sluice-plugin-old sluice-plugin-twin',
      'alias old: old (sluice-plugin-old 1.0.0) and old (sluice-plugin-twin 3.0.0)',
    ],
    ['./loud.mjs ./quiet.mjs', /hooks of phase fixup can't be ordered: (loud|quiet) \(.*\) must run before .*; remove/],
    [
      './hen.mjs ./egg.mjs',
      /plugins can't be ordered: (hen|egg) \(.*\) must run before .* must run before .*; remove one/,
    ],
    [
      './needs.mjs',
      'shout (./needs.mjs) needs sluice-plugin-sql ^1.2, which is not loaded; add the line "Plugin sluice-plugin-sql"',
    ],
    [
      './pair.mjs sluice-plugin-old',
      'needs sluice-plugin-old ^1.2, but old (sluice-plugin-old 1.0.0) is 1.0.0; install versions that',
    ],
    ['./maybe.mjs sluice-plugin-old', 'needs sluice-plugin-old ^1.2, but old (sluice-plugin-old 1.0.0) is 1.0.0'],
    [
      './unversioned.mjs ./plain.mjs',
      'needs plain ^1, but plain (./plain.mjs) has no version; give it the member "version"',
    ],
    ['./built-in.mjs', `needs alias ^77, but alias (built in) is ${version}`],
    ['./check.mjs', 'the plugin shout (./check.mjs) finds fault with the config: no key'],
    ['./set-up.mjs', 'the plugin shout (./set-up.mjs) failed in its set-up: no database'],
  ])('%s is told of in one line that names the config', async (plugins, message) => {
    const file = configWith(plugins);
    const error = await createApp(file)
      .ready()
      .catch((thrown: unknown) => thrown as ConfigError);
    expect(error).toMatchObject({ code: 'ERR_SLUICE_CONFIG', file });
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain('\n');
  });
});
