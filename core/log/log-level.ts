/** From the gravest down; the order is syslog's, and Apache's. */
export const logLevels = [
  'emerg',
  'alert',
  'crit',
  'error',
  'warn',
  'notice',
  'info',
  'debug',
  'trace1',
  'trace2',
  'trace3',
  'trace4',
  'trace5',
  'trace6',
  'trace7',
  'trace8',
] as const;

/** How urgent a line of the error log is, as LogLevel names it. */
export type LogLevel = (typeof logLevels)[number];

/** A level's place in the list: the larger, the chattier. */
export const verbosity = Object.fromEntries(logLevels.map((level, index) => [level, index])) as Readonly<
  Record<LogLevel, number>
>;

/** What a `LogLevel` directive says. */
export interface LogLevels {
  /** Missing where only modules were named: then the outer section's holds. */
  readonly default: LogLevel | undefined;
  readonly byModule: ReadonlyMap<string, LogLevel>;
}

/**
 * The words of `LogLevel warn auth_basic:debug`; a bare level takes back what stood before it, as in Apache. Throws for a
 * word that is neither a level nor `module:level`.
 */
export function parseLogLevels(words: readonly string[]): LogLevels {
  let fallback: LogLevel | undefined;
  const byModule = new Map<string, LogLevel>();
  for (const word of words) {
    const colon = word.lastIndexOf(':');
    const level = parseLevel(word.slice(colon + 1), word);
    if (colon < 0) {
      fallback = level;
      byModule.clear();
    } else {
      if (colon === 0) throw new Error(`LogLevel ${word}: expected a module's name in front of the colon`);
      byModule.set(logModuleName(word.slice(0, colon)), level);
    }
  }
  return { default: fallback, byModule };
}

/** An inner section's levels over those around it: per module, then the default. */
export function mergeLogLevels(outer: LogLevels, inner: LogLevels): LogLevels {
  return { default: inner.default ?? outer.default, byModule: new Map([...outer.byModule, ...inner.byModule]) };
}

/** Whether a line is to be written; notices always are, as in Apache. */
export function isLogged(levels: LogLevels, level: LogLevel, module: string): boolean {
  if (level === 'notice') return true;
  const limit = levels.byModule.get(module) ?? levels.default ?? 'warn';
  return verbosity[level] <= verbosity[limit];
}

/** The short name that logs show: `mod_auth_basic.c` and `auth_basic_module` are `auth_basic`. */
export function logModuleName(name: string): string {
  return name.replace(/^mod_/, '').replace(/(?:\.c|_module)$/, '');
}

function parseLevel(text: string, word: string): LogLevel {
  const level = logLevels.find((known) => known === text.toLowerCase());
  if (level !== undefined) return level;
  throw new Error(`LogLevel ${word}: expected one of ${logLevels.join(', ')}, got ${text === '' ? 'nothing' : text}`);
}
