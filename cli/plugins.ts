import { phases } from '../core/phases.ts';
import { type LoadedPlugin, builtInOrigin, versionOf } from '../core/plugin-origin.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { loadPlugins } from './load-plugins.ts';
import { heading, print } from './print.ts';

export const plugins: Command = {
  name: 'plugins',
  words: [],
  summary: 'list the plugins, and what each one brings',
  description: 'Lists the built-in plugins and, with -c, those that a config loads.',
  options: ['config', 'define', 'json', 'help'],
  async run({ values }) {
    const { loaded } = await loadPlugins(values);
    if (values.json === true) print(JSON.stringify(loaded.map(describe), undefined, 2));
    else print(loaded.map(toText).join('\n\n'));
  },
};

function describe(loaded: LoadedPlugin): Readonly<Record<string, unknown>> & { readonly name: string } {
  const { plugin, origin } = loaded;
  const { dependencies = {}, optionalDependencies = {}, before = [], after = [], services = [] } = plugin;
  const hooks = (['insertFilters', 'insertErrorFilters', 'insertChallenge'] as const).filter(
    (hook) => plugin[hook] !== undefined,
  );
  return {
    name: plugin.name,
    // The built-in ones come from Sluice, and have its version.
    ...(origin === builtInOrigin ? {} : { from: [origin.label], version: [versionOf(loaded) ?? 'none'] }),
    aliases: plugin.aliases ?? [],
    needs: [
      ...(plugin.sluice === undefined ? [] : [`sluice ${plugin.sluice}`]),
      ...Object.entries(dependencies).map(([name, range]) => `${name} ${range}`),
      ...Object.entries(optionalDependencies).map(([name, range]) => `${name} ${range} (optional)`),
    ],
    'set up before': before,
    'set up after': after,
    phases: [
      ...(plugin.connection === undefined ? [] : ['connection']),
      ...phases.map(({ name }) => name).filter((name) => plugin.phases?.[name] !== undefined),
      ...hooks,
    ],
    'connection handlers': Object.keys(plugin.connectionHandlers ?? {}),
    handlers: Object.keys(plugin.handlers ?? {}),
    'input filters': Object.keys(plugin.inputFilters ?? {}),
    'output filters': Object.keys(plugin.outputFilters ?? {}),
    'authentication providers': Object.keys(plugin.authenticationProviders ?? {}),
    'authorization providers': Object.keys(plugin.authorizationProviders ?? {}),
    'expression functions': Object.keys(plugin.expressionFunctions ?? {}),
    'expression variables': Object.keys(plugin.expressionVariables ?? {}),
    'log items': Object.keys(plugin.logItems ?? {}).map((letter) => `%${letter}`),
    services: services.map(({ name }) => name),
    directives: Object.keys(plugin.directives ?? {}),
  };
}

function toText(plugin: LoadedPlugin): string {
  const { name, ...parts } = describe(plugin);
  const rows = Object.entries(parts as Record<string, string[]>).filter(([, names]) => names.length > 0);
  return [
    heading(name),
    columns(rows.flatMap(([part, names]) => lines(names).map((line, at) => [at === 0 ? part : '', line]))),
  ].join('\n');
}

/** The names in lines that fit a terminal. */
function lines(names: readonly string[]): string[] {
  const filled: string[] = [];
  for (const name of names) {
    const last = filled.at(-1);
    if (last === undefined || last.length + name.length > 60) filled.push(name);
    else filled[filled.length - 1] = `${last}, ${name}`;
  }
  return filled;
}
