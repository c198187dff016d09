import { isConfigError } from '../core/config/config-error.ts';
import { type DirectiveReference, describeDirective } from '../core/config/directive-reference.ts';
import { Generation } from '../core/generation.ts';
import { PluginSet } from '../core/plugin-set.ts';
import { CommandError } from './command-error.ts';
import { configFile, inspectionOptions } from './config-source.ts';
import type { Values } from './options.ts';

/** The built-in plugins and, where `-c` names a config, those that it loads. */
export async function loadPlugins(values: Values): Promise<PluginSet> {
  const options = inspectionOptions(values);
  if (values.config === undefined) return new PluginSet(options.builtIn);
  const generation = await Generation.load({ file: configFile(values) }, options);
  await generation.close();
  return generation.plugins;
}

/** The directives of one plugin alone: a package, a file or a built-in one, as a `Plugin` line would load it. */
export async function directivesOfPlugin(plugin: string, values: Values): Promise<readonly DirectiveReference[]> {
  const options = inspectionOptions(values);
  const source = { config: { plugins: [plugin] }, folder: process.cwd() };
  const generation = await Generation.load(source, options).catch((error: unknown) => {
    throw isConfigError(error) ? new CommandError(error.reason, 1) : error;
  });
  await generation.close();
  const { all, directives } = generation.plugins;
  const own = generation.plugins.find(plugin)?.name ?? all.at(-1)!.name;
  return Array.from(directives.all(), describeDirective).filter((directive) => directive.plugin === own);
}
