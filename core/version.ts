import { createRequire } from 'node:module';

// By the package's own name, which leads to its package.json from the sources, from dist and from where it is installed.
const packageJson = createRequire(import.meta.url)('sluice/package.json') as { readonly version: string };

/** The version of Sluice that is running. */
export const version = packageJson.version;
