import { ConfigError, configErrorAt } from './config/config-error.ts';
import type { Position } from './config/tree.ts';
import { orderByConstraints } from './named-order.ts';
import { type LoadedPlugin, describePlugin, versionOf } from './plugin-origin.ts';
import { isInRange } from './version-range.ts';

/**
 * Checks what plugins say of one another, and sorts them so that each comes behind those that it needs.
 *
 * @throws {ConfigError} at the line that loaded the plugin whose wish can't be met, or at `config`.
 */
export function orderPlugins(plugins: readonly LoadedPlugin[], config: Position): readonly LoadedPlugin[] {
  const wishful = plugins.filter(hasWishes);
  if (wishful.length === 0) return plugins;
  const byName = namesOf(plugins);
  for (const loaded of wishful) checkDependencies(loaded, byName, loaded.origin.at ?? config);
  const predecessors = new Map(plugins.map((loaded) => [loaded, new Set<LoadedPlugin>()]));
  for (const loaded of wishful) {
    const { dependencies = {}, optionalDependencies = {}, after = [], before = [] } = loaded.plugin;
    for (const name of [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...after]) {
      const earlier = byName.get(name);
      if (earlier !== undefined) predecessors.get(loaded)!.add(earlier);
    }
    for (const name of before) {
      const later = byName.get(name);
      if (later !== undefined) predecessors.get(later)!.add(loaded);
    }
  }
  const mustPrecede = (earlier: LoadedPlugin, later: LoadedPlugin): boolean => predecessors.get(later)!.has(earlier);
  try {
    return orderByConstraints(plugins, mustPrecede, describePlugin, 'the plugins');
  } catch (error) {
    throw configErrorAt(config, error);
  }
}

function hasWishes({ plugin }: LoadedPlugin): boolean {
  const { dependencies, optionalDependencies, before, after } = plugin;
  return [dependencies, optionalDependencies, before, after].some((wish) => wish !== undefined);
}

/** By the plugin's own name and by that of its package. */
function namesOf(plugins: readonly LoadedPlugin[]): ReadonlyMap<string, LoadedPlugin> {
  const byName = new Map<string, LoadedPlugin>();
  for (const loaded of plugins) {
    if (loaded.origin.packageName !== undefined) byName.set(loaded.origin.packageName, loaded);
  }
  for (const loaded of plugins) byName.set(loaded.plugin.name, loaded);
  return byName;
}

function checkDependencies(loaded: LoadedPlugin, byName: ReadonlyMap<string, LoadedPlugin>, at: Position): void {
  const { dependencies = {}, optionalDependencies = {} } = loaded.plugin;
  const who = describePlugin(loaded);
  for (const [name, range] of Object.entries({ ...dependencies, ...optionalDependencies })) {
    const other = byName.get(name);
    if (other !== undefined) checkVersion(who, name, range, other, at);
    else if (Object.hasOwn(dependencies, name)) {
      const missing = `the plugin ${who} needs ${name} ${range}, which is not loaded`;
      throw new ConfigError(at, `${missing}; add the line "Plugin ${name}", or ${name} to the list "plugins"`);
    }
  }
}

function checkVersion(who: string, name: string, range: string, other: LoadedPlugin, at: Position): void {
  const version = versionOf(other);
  if (range === '*') return;
  if (version === undefined) {
    const why = `the plugin ${who} needs ${name} ${range}, but ${describePlugin(other)} has no version`;
    throw new ConfigError(at, `${why}; give it the member "version", or ask for "*"`);
  }
  if (isInRange(version, range)) return;
  throw new ConfigError(
    at,
    `the plugin ${who} needs ${name} ${range}, but ${describePlugin(other)} is ${version}; install versions that go together`,
  );
}
