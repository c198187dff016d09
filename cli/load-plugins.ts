import { Generation } from '../core/generation.ts';
import { PluginSet } from '../core/plugin-set.ts';
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
