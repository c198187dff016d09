import type { Position } from './config/tree.ts';
import type { Plugin } from './plugin.ts';
import { version } from './version.ts';

/** Where a plugin came from. */
export interface PluginOrigin {
  /** As a message names it: `built in`, `sluice-plugin-shout 1.2.0`, `./shout.ts`. */
  readonly label: string;
  readonly packageName?: string | undefined;
  readonly version?: string | undefined;
  /** The line that loaded it. */
  readonly at?: Position;
}

/** A plugin with all that is known of it. */
export interface LoadedPlugin {
  readonly plugin: Plugin;
  readonly origin: PluginOrigin;
}

export const builtInOrigin: PluginOrigin = { label: 'built in', version };

/** `shout (sluice-plugin-shout 1.2.0)` */
export function describePlugin({ plugin, origin }: LoadedPlugin): string {
  return `${plugin.name} (${origin.label})`;
}

/** The version of the package that it came from, else what it says itself. */
export function versionOf({ plugin, origin }: LoadedPlugin): string | undefined {
  return origin.version ?? plugin.version;
}
