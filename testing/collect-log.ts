import type { Logger } from '../core/log/logger.ts';
import type { LogLevel } from '../core/log/log-level.ts';
import { type Plugin, definePlugin } from '../core/plugin.ts';

/** One call of `r.log`, or of the engine's own. */
export interface LogLine {
  /** How urgent it is. */
  readonly level: LogLevel;
  /** The text, without what the log adds to it. */
  readonly message: string;
  /** The plugin that spoke. */
  readonly module: string;
}

/** The plugin that `collectLog` makes, with what it has collected. */
export interface CollectedLog extends Plugin {
  /** In the order in which they were logged. */
  readonly lines: readonly LogLine[];
  /** The messages of one level, `error` by default. */
  messages(level?: LogLevel): string[];
}

/**
 * A plugin that keeps what goes to the error log, of every level, instead of writing it.
 *
 * @example
 * const log = collectLog();
 * const app = await testApp({ plugins: [log], contentHandler: () => 404 });
 */
export function collectLog(): CollectedLog {
  const lines: LogLine[] = [];
  const plugin = definePlugin({
    name: 'collect_log',
    setup(server) {
      server.log = loggerInto(lines);
    },
  });
  return {
    ...plugin,
    lines,
    messages: (wanted = 'error') => lines.filter(({ level }) => level === wanted).map(({ message }) => message),
  };
}

/** A log that fills a list. */
export function loggerInto(lines: LogLine[]): Logger {
  return {
    log: (level, message, module = 'core') => void lines.push({ level, message, module }),
    enabled: () => true,
    close: () => undefined,
  };
}
