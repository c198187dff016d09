import type { RequestRecord } from '../request-record.ts';
import type { LogLevel } from './log-level.ts';

/** Where the engine and plugins report; `module` is the plugin that speaks, for `LogLevel`. */
export interface Logger {
  /** Writes a line, if LogLevel lets it through. */
  log(level: LogLevel, message: string, module?: string, r?: RequestRecord): void;
  /** True where a line of this level would be written; asks `r`'s own LogLevel where it is given. */
  close(): void;
  /** Whether LogLevel lets such a line through. */
  enabled(level: LogLevel, module?: string, r?: RequestRecord): boolean;
}
