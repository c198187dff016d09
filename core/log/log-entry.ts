import type { LogLevel } from './log-level.ts';

/** One line of the error log before it is formatted. */
export interface LogEntry {
  /** Milliseconds since 1970; fractions count. */
  readonly time: number;
  readonly level: LogLevel;
  /** The plugin that speaks. */
  readonly module: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** What the message is about; `%E` shows a system error's number and text. */
  readonly error?: unknown;
  readonly request?: LoggedRequest | undefined;
  /** Needed only where there is no request. */
  readonly connection?: LoggedConnection | undefined;
  readonly server?: LoggedServer | undefined;
}

/** What a log line may say about a request; every `RequestRecord` is one. */
export interface LoggedRequest {
  readonly headersIn: { get(name: string): string | undefined };
  readonly env: { get(name: string): string | undefined };
  readonly notes: { get(name: string): string | undefined };
  readonly logId: string;
  /** The name the client asked for. */
  readonly hostname?: string | undefined;
  /** Behind a trusted proxy it differs from the connection's. */
  readonly clientIp: string;
  readonly connection: LoggedConnection;
  readonly server: LoggedServer;
}

export interface LoggedConnection {
  readonly id: number | string;
  readonly clientIp: string;
  readonly clientPort: number;
  readonly localIp: string;
  readonly localPort: number;
  readonly keepalives: number;
}

export interface LoggedServer {
  readonly hostname: string;
}
