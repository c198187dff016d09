import type { Context, OverrideClass } from '../../core/config/directive.ts';

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Where the directives of smart filters may stand. */
export const filterOverride: { readonly contexts: readonly Context[]; readonly override: OverrideClass } = {
  contexts: everywhere,
  override: 'Options',
};
