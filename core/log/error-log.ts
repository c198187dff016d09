import type { Config } from '../config/directive.ts';
import type { RequestRecord } from '../request-record.ts';
import { compileErrorLogFormat, defaultErrorLogFormat } from './error-log-format.ts';
import type { LogEntry, LoggedServer } from './log-entry.ts';
import type { LogItems } from './log-item.ts';
import { isLogged, type LogLevel } from './log-level.ts';
import type { Logger } from './logger.ts';
import type { LogSink } from './log-sink.ts';
import { openLogFile } from './open-log-file.ts';

/**
 * The error log of one server, as its ErrorLog, ErrorLogFormat and LogLevel say. Writing never throws, whatever happens to
 * the log; the constructor throws for a format that isn't valid.
 */
export class ErrorLog implements Logger {
  readonly #config: Config;
  readonly #server: LoggedServer;
  readonly #format: (entry: LogEntry) => string;
  readonly #sink: LogSink;

  /** `items` are those of plugins. */
  constructor(config: Config, items?: LogItems) {
    this.#config = config;
    this.#server = { hostname: config.serverName.hostname };
    this.#format = compileErrorLogFormat(config.errorLogFormat ?? defaultErrorLogFormat, items);
    const target = config.errorLog === 'stderr' ? '/dev/stderr' : config.errorLog;
    this.#sink = openLogFile(target, (count) => this.#line('error', `${count} lines of this log were lost`, 'core'));
  }

  enabled(level: LogLevel, module = 'core', r?: RequestRecord): boolean {
    return isLogged((r?.config ?? this.#config).logLevel, level, module);
  }

  log(level: LogLevel, message: string, module = 'core', r?: RequestRecord): void {
    if (this.enabled(level, module, r)) this.#sink.write(this.#line(level, message, module, r));
  }

  close(): void {
    this.#sink.close();
  }

  #line(level: LogLevel, message: unknown, module: string, request?: RequestRecord): string {
    // Handlers in JavaScript log whatever they caught.
    return this.#format({ time: Date.now(), level, module, message: String(message), request, server: this.#server });
  }
}
