import type { AuthenticationProvider, AuthorizationProvider } from './access-provider.ts';
import type { Config, DirectiveDeclarations } from './config/directive.ts';
import type { ForeignNames } from './config/foreign-names.ts';
import type { PluginExpressionFunction, PluginExpressionVariable } from './expression/plugin-extensions.ts';
import type { Filter } from './filter/filter.ts';
import type { ConnectionHandler, ContentHandler, FailsafeHandler, Handler } from './handler.ts';
import type { PluginLogItem } from './log/log-item.ts';
import type { PhaseName } from './phases.ts';
import type { Step } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import type { ServerRecord } from './server-record.ts';
import type { ServiceKey } from './service-key.ts';

/** The form of handler that each phase takes. */
export type PhaseHandler<P extends PhaseName> = P extends 'content'
  ? ContentHandler
  : P extends 'log' | 'cleanup'
    ? FailsafeHandler
    : Handler;

/** Where a hook stands among those of the same phase. Names win over `order`; absent plugins don't matter. */
export interface HookPlace {
  /** `middle` by default; `first` and `last` come before and after all of those. */
  readonly order?: 'first' | 'middle' | 'last';
  /** Plugins whose hooks must run later than this one. */
  readonly before?: readonly string[];
  /** Plugins whose hooks must run earlier than this one. */
  readonly after?: readonly string[];
  /** Asked once per merged config: where it says no, requests never meet the hook. */
  when?(config: Config): boolean;
}

/**
 * A plugin's handler in a phase, and its place among those of others.
 *
 * @example
 * access: { after: ['authz_host'], when: (config) => config.officeHours !== undefined, handler: checkHours }
 */
export interface PhaseHook<P extends PhaseName> extends HookPlace {
  /** What is called in the phase. */
  readonly handler: PhaseHandler<P>;
  /** Touches nothing but the record, so that `sluice explain` may run it. */
  readonly pure?: true;
}

/** A plugin's connection handler, and its place among those of others. */
export interface ConnectionHook extends HookPlace {
  /** Keeps a new connection; or adds filters, or nothing, and declines. */
  readonly handler: ConnectionHandler;
}

/** A plugin's function that adds filters or headers to a response, and its place among those of others. */
export interface FilterHook extends HookPlace {
  /** Adds filters to the record's chains. */
  readonly insert: (r: RequestRecord) => void;
}

/** What a plugin adds to Sluice; every part but the name is optional. */
export interface Plugin {
  /** Unique; the name that order constraints, `IfPlugin` and `LogLevel` use, e.g. `auth_basic`. */
  readonly name: string;
  /** Other names accepted by Plugin, LoadModule and IfModule, e.g. Apache's `mod_auth_basic`. */
  readonly aliases?: readonly string[];
  /** For a plugin that is no package of its own: what the `dependencies` of others are held against. */
  readonly version?: string;
  /** The versions of Sluice that it works with, as in package.json: `>=0.1 <1`. */
  readonly sluice?: string;
  /** Plugins that must be there, by name or package, and the versions of them: `{ 'sluice-plugin-sql': '^1.2' }`. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Plugins that may be absent; where one is there, it must have such a version. */
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Plugins, by name or package, that are set up later than this one. */
  readonly before?: readonly string[];
  /** Plugins that are set up earlier than this one, as all are that it depends on. */
  readonly after?: readonly string[];
  /** What it adds to the config, by the names that the config says. */
  readonly directives?: DirectiveDeclarations;
  /** The lines that a LoadModule line for the plugin stands for: what Apache's module does by being loaded. */
  readonly whenLoaded?: readonly (readonly [directive: string, ...args: string[]])[];
  /** Its handlers by the phase in which they stand. */
  readonly phases?: { readonly [P in PhaseName]?: PhaseHandler<P> | PhaseHook<P> | readonly PhaseHook<P>[] };
  /** Asked about every new connection before HTTP gets it, among the handlers that the config lists. */
  readonly connection?: ConnectionHandler | ConnectionHook;
  /** Connection handlers by the name that ConnectionHandler uses. */
  readonly connectionHandlers?: Readonly<Record<string, ConnectionHandler>>;
  /** Content handlers by the name that SetHandler and AddHandler use. */
  readonly handlers?: Readonly<Record<string, ContentHandler>>;
  /** Filters by the name that SetInputFilter and SetOutputFilter use. */
  readonly inputFilters?: Readonly<Record<string, Filter>>;
  /** The same for the bodies of responses. */
  readonly outputFilters?: Readonly<Record<string, Filter>>;
  /** Who knows users and passwords, by the name that AuthBasicProvider and its kin use. */
  readonly authenticationProviders?: Readonly<Record<string, AuthenticationProvider>>;
  /** Who decides what is allowed, by the first word of `Require`. */
  readonly authorizationProviders?: Readonly<Record<string, AuthorizationProvider>>;
  /** Schemes that AuthType may name; the plugin's authenticate hook is in force where it is one of them. */
  readonly authenticationTypes?: readonly string[];
  /** Functions of expressions, by the names that conditions call them by: `upper(%{REQUEST_URI})`. */
  readonly expressionFunctions?: Readonly<Record<string, PluginExpressionFunction>>;
  /** Variables of expressions: `%{TENANT}`. */
  readonly expressionVariables?: Readonly<Record<string, PluginExpressionVariable>>;
  /** Items of LogFormat by their letter, or by `^` and two letters. */
  readonly logItems?: Readonly<Record<string, PluginLogItem>>;
  /** The keys of what `setup` provides to other plugins by `server.services.provide`. */
  readonly services?: readonly ServiceKey<unknown>[];
  /** Names of another server's config that have no meaning here, and what to say to whoever uses them. */
  readonly foreignNames?: ForeignNames;
  /** Called before the content handler, in the order of the hooks' places. */
  readonly insertFilters?: FilterHook;
  /** Called when the engine itself makes an error page; content filters are gone by then. */
  readonly insertErrorFilters?: FilterHook;
  /** Called before the engine answers 401, whoever refused: adds a scheme's challenge to `errHeadersOut`. */
  readonly insertChallenge?: FilterHook;
  /** For plugins that watch others: gives the function that takes a handler's place. Asked once per handler and merged config. */
  wrapHandler?(step: Step, phase: PhaseName): Step['handler'];
  /** Once per virtual host and config, by `sluice check` too: throws where the merged config can't work, and opens nothing. */
  check?(server: ServerRecord): void;
  /** Once per virtual host and config, before serving; an error keeps the server from starting. */
  setup?(server: ServerRecord): void | Promise<void>;
  /** When the config that `setup` saw is no longer used. */
  close?(server: ServerRecord): void | Promise<void>;
}

/**
 * Declares a plugin, with its types checked.
 *
 * @example
 * export default definePlugin({
 *   name: 'powered_by',
 *   phases: { fixup: (r) => (r.headersOut.set('X-Powered-By', 'steam'), DECLINED) },
 * });
 */
export function definePlugin(plugin: Plugin): Plugin {
  return Object.freeze(plugin);
}
