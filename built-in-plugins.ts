import { corePlugin } from './core/core-plugin.ts';
import type { Plugin } from './core/plugin.ts';

/** The plugins that come with Sluice. */
export const builtInPlugins: readonly Plugin[] = [corePlugin];
