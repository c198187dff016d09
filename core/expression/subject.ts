import type { Evaluated } from './evaluated.ts';

/** What expressions read of a request; the request record has all of it. */
export interface ExpressionSubject {
  readonly method: string;
  readonly uri: string;
  readonly args: string | undefined;
  readonly filename: string | undefined;
  readonly pathInfo: string;
  readonly theRequest: string;
  readonly protocol: string;
  readonly status: number;
  readonly user: string | undefined;
  readonly authType: string | undefined;
  readonly contentType: string | undefined;
  readonly handler: string | undefined;
  readonly hostname: string;
  /** By UseCanonicalName the same, or the server's own name. */
  readonly serverName: string;
  readonly headersIn: ReadableTable;
  readonly headersOut: ReadableTable;
  readonly errHeadersOut: ReadableTable;
  readonly env: ReadableTable;
  readonly notes: ReadableTable;
  /** Milliseconds since 1970, as is `mtime`. */
  readonly requestTime: number;
  readonly mtime: number;
  readonly finfo: { readonly uid: number; readonly gid: number } | undefined;
  /** The outer request of a subrequest. */
  readonly main: { readonly uri: string } | undefined;
  readonly logId: string;
  /** May differ from the connection's behind a trusted proxy. */
  readonly clientIp: string;
  readonly connection: {
    readonly id: number;
    readonly clientIp: string;
    /** Of the other end: the client, or the proxy that speaks for it by the PROXY protocol. */
    readonly peerIp: string;
    readonly clientPort: number;
    readonly localPort: number;
    readonly secure: boolean;
  };
  readonly server: { readonly port: number; readonly admin: string | undefined };
  readonly documentRoot: string | undefined;
  readonly contextPrefix: string;
  readonly contextDocumentRoot: string | undefined;
  lookupUri(uri: string): Evaluated<{ readonly status: number }>;
  lookupFile(path: string): Evaluated<{ readonly status: number; readonly r: Pick<ExpressionSubject, 'filename'> }>;
  /** Told of each request header that a condition depends on, for Vary. */
  varyOn?(header: string): void;
  /** The client's name by reverse DNS; without it the address stands in, as under HostnameLookups Off. */
  remoteHost?(): Evaluated<string>;
}

export interface ReadableTable {
  get(name: string): string | undefined;
}
