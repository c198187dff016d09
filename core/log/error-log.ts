import type { Config } from '../config/directive.ts';
import type { Logger } from './logger.ts';
import type { LogLevel } from './log-level.ts';
export class ErrorLog implements Logger {
  constructor(_config: Config) {}
  log(level: LogLevel, message: string): void { process.stderr.write(level + ' ' + message + '\n'); }
  enabled(): boolean { return true; }
  close(): void {}
}
