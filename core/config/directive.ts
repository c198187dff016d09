import type { ExpressionParser } from '../expression/expression-parser.ts';
import type { LogItems } from '../log/log-item.ts';
import type { ProviderRegistry } from '../provider-registry.ts';
import type { DirectiveName } from './config-key.ts';
import type { NameKind } from './name-book.ts';
import type { Scope } from './scope.ts';
import type { Argument, Position } from './tree.ts';

/**
 * Every directive there is, by its config key; a plugin adds its own by declaration merging.
 *
 * @example
 * declare module 'sluice' {
 *   interface Directives {
 *     /** The word to shout. *\/
 *     shoutWord: Directive<string>;
 *   }
 * }
 */
// oxlint-disable-next-line typescript/no-empty-interface -- filled by the plugins
export interface Directives {}

/** A directive's two types: what a TypeScript config may say, and the value that handlers read from `r.config`. */
export interface Directive<Input, Value = Input> {
  /** What a TypeScript config may say. */
  readonly input: Input;
  /** What handlers read from `r.config`. */
  readonly value: Value;
}

/** The config key of a directive, e.g. `authName`. */
export type DirectiveKey = Extract<keyof Directives, string>;

/** What a TypeScript config may say for a directive. */
export type DirectiveInput<K extends DirectiveKey> =
  Directives[K] extends Directive<infer Input, unknown> ? Input : never;

/** What handlers read from `r.config` for a directive. */
export type DirectiveValue<K extends DirectiveKey> =
  Directives[K] extends Directive<unknown, infer Value> ? Value : never;

/** The merged values in force for a request, by config key. Frozen. */
export type Config = { readonly [K in keyof Directives]: DirectiveValue<K> };

/**
 * How many arguments a directive takes (Apache's argument shapes).
 * `any` may be none at all, `some` not; `iterate`: one call per argument; `iterate2`: first fixed, one call per further argument; `raw`: the unsplit rest of the line.
 */
export type ArgumentShape =
  | 'none'
  | 'one'
  | 'two'
  | 'three'
  | 'oneOrTwo'
  | 'twoOrThree'
  | 'oneToThree'
  | 'oneOrThree'
  | 'any'
  | 'some'
  | 'iterate'
  | 'iterate2'
  | 'flag'
  | 'raw';

/** Where a directive may stand; the names are those of Apache's manual. */
export type Context = 'server config' | 'virtual host' | 'directory' | '.htaccess';

/** The methods that a Limit names, or those that a LimitExcept doesn't; HEAD goes with GET. */
export interface MethodSet {
  /** Whether `method` is one of them. */
  has(method: string): boolean;
}

/** The class that AllowOverride must permit for a directive in `.htaccess`. */
export type OverrideClass = 'AuthConfig' | 'FileInfo' | 'Indexes' | 'Limit' | 'Options';

/** What the AllowOverride and AllowOverrideList in force permit an `.htaccess` file. */
export interface AllowedOverride {
  /** The classes that AllowOverride names. */
  readonly classes: ReadonlySet<OverrideClass>;
  /** The only options that an `Options` line may name; any where undefined. */
  readonly options: ReadonlySet<string> | undefined;
  /** Directives named one by one, in lower case. */
  readonly directives: ReadonlySet<string>;
  /** Bad lines that are skipped with a warning instead of failing the request. */
  readonly nonfatal: ReadonlySet<'override' | 'unknown'>;
}

/** What a directive's `parse` knows about the place it was written at. */
export interface DirectiveSite extends Position, ExpressionParser {
  /** The directive, as it is declared. */
  readonly name: string;
  /** Relative paths in arguments start here: the folder of the file that says them. */
  readonly folder: string;
  /** Where it stands. */
  readonly context: Context;
  /** The nearest section around, e.g. `Location`, and its arguments. */
  readonly section: { readonly name: string; readonly args: readonly Argument[] } | undefined;
  /** The parsed content of a block directive such as `<RequireAll>`, in order; empty for others. */
  readonly children: readonly ParsedDirective[];
  /** What stands in a block that holds settings: to be laid over a request's plan. */
  readonly content: Scope | undefined;
  /** The line's rest before it was split into words; undefined where a TypeScript config gave a list. */
  readonly text: string | undefined;
  /** The arguments as given; differs from `args` only where a TypeScript config gave a function. */
  readonly args: readonly Argument[];
  /** `path` made absolute: against the ServerRoot where the config says one, else against `folder`. */
  resolve(path: string): string;
  /** Who can be named where a config says who may. */
  readonly providers: ProviderRegistry;
  /** The items of log formats. */
  readonly logItems: LogItems;
  /** Makes a name known that other lines, also earlier ones, may use. */
  declareName(kind: NameKind, name: string): void;
  /** Says that this line needs `name`; where nothing of these kinds is called so, that is a mistake of this line. */
  useName(name: string, ...kinds: readonly NameKind[]): void;
  /** What AllowOverride permits here; undefined outside `.htaccess`. */
  readonly override: AllowedOverride | undefined;
  /** Throws the ConfigError that names this place. */
  fail(message: string): never;
  /** Loads the handler that an argument names (`./file.ts::export`, a package, a function). */
  loadHandler(argument: Argument, key: string): Promise<LoadedHandler>;
  /** Loads what an argument names where it needn't be a function, such as a filter. */
  loadExport(argument: Argument, key: string): Promise<LoadedExport>;
  /** Loads a module's handlers of the given names; those that it doesn't export are left out. */
  loadHandlers(module: string, keys: readonly string[]): Promise<ReadonlyMap<string, LoadedHandler>>;
}

/** One line of a block directive, as its own `parse` has left it. */
export interface ParsedDirective {
  /** The directive, as it is declared. */
  readonly name: string;
  /** What its `parse` gave. */
  readonly value: unknown;
}

/** A function named in a config, found and ready to call. */
export interface LoadedHandler {
  /** As the config spells it, for logs and `explain`. */
  readonly name: string;
  /** The function. */
  readonly call: (subject: never) => unknown;
}

/** Anything named in a config and found. */
export interface LoadedExport {
  /** As the config spells it. */
  readonly name: string;
  /** What the module exports. */
  readonly value: unknown;
}

/** One directive, declared once by its plugin. */
export interface DirectiveDeclaration<Value = unknown> {
  /** How many arguments it takes. */
  readonly takes: ArgumentShape;
  /** The arguments' names for help and messages, e.g. `url-path folder`. */
  readonly usage: string;
  /** One sentence for the reference. */
  readonly help: string;
  /** Where it may stand. */
  readonly contexts: readonly Context[];
  /** Needed where contexts has `.htaccess`. */
  readonly override?: OverrideClass;
  /** The value where no section says anything. */
  readonly default?: Value;
  /** The default as a config would say it; needed for the reference where the value is an object. */
  readonly defaultText?: string;
  /** The only words that an argument may be, in any letter case; `parse` gets them as they are spelled here. */
  readonly words?: readonly string[];
  /** What to say instead, `use ShoutWord`: a start warns of the first line that has the directive. */
  readonly deprecated?: string;
  /** `<Name …>` with directives inside instead of a line. */
  readonly block?: true;
  /** A block whose content is any settings that a Directory section takes, compiled as one: `site.content`. */
  readonly settings?: true;
  /**
   * Lines of this directive in Limit and LimitExcept are lines of the section around, narrowed to some methods; without
   * this, they are merged for those methods as in any other section.
   */
  narrow?(value: Value, methods: MethodSet): Value;
  /** The config key whose value this directive adds to; its own by default. */
  readonly into?: DirectiveKey;
  /** Where the lines of one directive add to several keys: the one for a value. */
  intoFor?(value: Value): DirectiveKey;
  /** A TypeScript config may give functions as arguments; `parse` finds them in `site.args`. */
  readonly functions?: true;
  /**
   * Checks and converts the arguments of one line; without it `flag` gives a boolean, `one` and `raw` a string and the
   * others an array of strings. Throws through `site.fail`, or any Error, which then gets the position put in front.
   */
  parse?(args: readonly string[], site: DirectiveSite): Value | Promise<Value>;
  /** The same directive again in the same section; by default the later line replaces the earlier one. */
  combine?(earlier: Value, later: Value): Value;
  /** An inner section over an outer one; by default the inner value replaces the outer one. */
  merge?(outer: Value, inner: Value): Value;
}

/** A plugin's directives by Apache's spelling; each must give the value its entry in `Directives` promises. */
export type DirectiveDeclarations = {
  readonly [K in DirectiveKey as DirectiveName<K>]?: DirectiveDeclaration<DirectiveValue<K>>;
};
