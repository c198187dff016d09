import type { DirectiveInput, Directives } from './directive.ts';

/** Directives by config key. A mapping of the keys themselves, for only so do editors show their documentation. */
export type Settings = { readonly [K in keyof Directives]?: DirectiveInput<K> };

/** What each kind of section is for, by its key in a TypeScript config. */
export interface SectionKeys {
  readonly virtualHost: string | readonly string[];
  readonly directory: string;
  readonly directoryMatch: string | RegExp;
  readonly files: string;
  readonly filesMatch: string | RegExp;
  readonly location: string;
  readonly locationMatch: string | RegExp;
  readonly route: string;
  readonly if: string;
  readonly elseIf: string;
  readonly else: true;
  readonly limit: string | readonly string[];
  readonly limitExcept: string | readonly string[];
}

/**
 * `{ location: '/x', … }`: exactly one section key, the directives inside, and sections inside.
 *
 * @example
 * const section: SectionObject = { location: '/staff', require: 'valid-user' };
 */
export type SectionObject = {
  [K in keyof SectionKeys]: Settings & {
    readonly sections?: readonly SectionObject[];
  } & { readonly [Own in K]: SectionKeys[Own] } & { readonly [Other in Exclude<keyof SectionKeys, K>]?: never };
}[keyof SectionKeys];

/** A whole config in its TypeScript spelling. */
export type ConfigObject = Settings & {
  /** For editors: the file that `sluice schema` has written. */
  readonly $schema?: string;
  /** Where relative paths start; the config file's folder by default. */
  readonly serverRoot?: string;
  /** Plugins by package name or file, or as they are. */
  readonly plugins?: readonly (string | object)[];
  readonly sections?: readonly SectionObject[];
};

/**
 * Gives a config its types; it comes back as it is.
 *
 * @example
 * export default defineConfig({
 *   listen: 8080,
 *   sections: [{ location: '/hello', contentHandler: () => 'Hello World!' }],
 * });
 */
export function defineConfig(config: ConfigObject): ConfigObject {
  return config;
}
