import type { ForeignLine } from '../core/config/foreign-names.ts';
import { definePlugin } from '../core/plugin.ts';
import { foreignModules } from './apache-names/foreign-modules.ts';
import { foreignValues } from './apache-names/foreign-values.ts';
import { harmlessDirectives } from './apache-names/harmless-directives.ts';

/** Tells a config that was written for Apache what of it has no meaning here, and what of that is harmless. */
export const apacheNames = definePlugin({
  name: 'apache_names',
  // What these bring is part of the engine.
  aliases: ['mod_macro', 'macro_module', 'mod_version', 'version_module'],
  foreignNames: {
    directives: { ...directivesOfModules(), ...harmlessDirectives, ...foreignValues },
    modules: Object.fromEntries(
      foreignModules.flatMap(({ modules, reason, actsAlone }) => {
        const line: ForeignLine = actsAlone ? { reason } : { reason, harmless: true };
        return words(modules).map((name) => [`${name}_module`, line]);
      }),
    ),
  },
});

function directivesOfModules(): Record<string, ForeignLine> {
  return Object.fromEntries(
    foreignModules.flatMap(({ reason, refused = '', harmless = '' }) => [
      ...words(refused).map((name) => [name, { reason }] as const),
      ...words(harmless).map((name) => [name, { reason, harmless: true }] as const),
    ]),
  );
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
