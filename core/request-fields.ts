import type { Stats } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { ConnectionRecord } from './connection-record.ts';
import type { Config } from './config/directive.ts';
import { joinedHeaders } from './joined-headers.ts';
import { findMappedFile, lookAt } from './mapped-file.ts';
import type { PhaseName } from './phases.ts';
import type { Plan } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import { parseAuthority, requestUrl } from './request-url.ts';
import type { ServerRecord } from './server-record.ts';
import { State } from './state-key.ts';
import { Table } from './table.ts';
import { TooLateError } from './too-late-error.ts';

/** What the engine needs of a parsed request head; Node's IncomingMessage has it. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'rawHeaders'>;

let requests = 0;
const idPrefix = `${process.pid.toString(36)}${Date.now().toString(36)}`;

/**
 * What is known of a request: Apache's and mod_python's members. Every field exists from the constructor on, so that all
 * records have one shape; tables and the like are made when first asked for.
 */
export class RequestFields {
  /** The connection that it came in on. */
  readonly connection: ConnectionRecord;
  /** Milliseconds since 1970 at arrival. */
  readonly requestTime: number;
  /** Monotonic milliseconds at arrival, for durations. */
  readonly started: number;
  /** The virtual host that answers, or the main server. */
  server: ServerRecord;
  /** `GET`, `POST`, …, as the client sent it. */
  method: string;
  /** `HTTP/1.1` */
  protocol: string;
  /** The target as received: path and query, or the absolute form. */
  unparsedUri: string;
  /** The path, normalised and decoded once. */
  uri: string;
  /** The query without `?`; undefined where there is none. */
  args: string | undefined;
  /** `404 Nowhere`: honoured where it begins with the status. */
  statusLine: string | undefined = undefined;
  /** Of the body; becomes a part of Content-Type. */
  charset: string | undefined = undefined;
  /** The coding that the body is in, e.g. `gzip`. */
  contentEncoding: string | undefined = undefined;
  /** Become Content-Language. */
  contentLanguages: readonly string[] = [];
  /** The name of the content handler, as SetHandler gives it. */
  handler: string | undefined = undefined;
  /** Set by the authenticate phase. */
  user: string | undefined = undefined;
  /** The scheme that authenticated the user, e.g. `Basic`. */
  authType: string | undefined = undefined;
  /** Set in the access phase: whether a user is needed; undefined leaves it to whether an AuthenticateHandler is in force. */
  authenticationRequired: boolean | undefined = undefined;
  /** Access, authentication and authorization have all been passed. */
  authorized = false;
  /** The client's address; a plugin may correct it from a trusted proxy's headers. */
  clientIp: string;
  /** Modification time of the resource in milliseconds; 0 where unknown. */
  mtime = 0;
  /** Keeps caches from using the answer again: where no handler says otherwise, it expires at once. */
  noCache = false;
  /** The entity tag of the list of variants that this answer was chosen from; becomes a part of the answer's. */
  variantListTag: string | undefined = undefined;
  /** Suppresses 304. */
  noLocalCopy = false;
  /** Whether path info is accepted: undefined leaves it to the handler. */
  usedPathInfo: boolean | undefined = undefined;
  /** The URL prefix and folder of the Alias that mapped the request. */
  contextPrefix = '';
  /** The folder of that prefix. */
  contextDocumentRoot: string | undefined = undefined;
  /** The values of a Route's pattern. */
  params: Readonly<Record<string, string | string[]>> = noParams;
  /** The outer request of a subrequest. */
  readonly main: RequestRecord | undefined;
  /** The request that was redirected here, and where this one was redirected to. */
  readonly prev: RequestRecord | undefined;
  /** The request that an internal redirect made of this one. */
  next: RequestRecord | undefined = undefined;
  /** The phase that is running. */
  phase: PhaseName | undefined = undefined;
  /** @internal What applies; grows from the server's plan to the final one in the first phases. */
  plan: Plan;
  /** Methods for the Allow header of a 405 or 501. */
  allowed: readonly string[] = [];
  /** The status that this record is the ErrorDocument of. */
  errorStatus: number | undefined = undefined;
  /** The error that made this a 500. */
  failure: unknown = undefined;

  readonly #head: RequestHead;
  #status = 200;
  #contentType: string | undefined = undefined;
  #filename: string | undefined = undefined;
  #pathInfo = '';
  #finfo: Stats | undefined = undefined;
  #statDone = false;
  #pathInfoPending = false;
  #headersIn: Table | undefined = undefined;
  #headersOut: Table | undefined = undefined;
  #errHeadersOut: Table | undefined = undefined;
  #notes: Table | undefined = undefined;
  #env: Table | undefined = undefined;
  #state: State | undefined = undefined;
  #url: URL | undefined = undefined;
  #logId: string | undefined = undefined;
  #sealed = false;

  constructor(
    head: RequestHead,
    connection: ConnectionRecord,
    server: ServerRecord,
    outer: { main?: RequestRecord; prev?: RequestRecord } = noOuter,
  ) {
    this.#head = head;
    this.connection = connection;
    this.server = server;
    this.plan = server.plan;
    this.method = head.method ?? 'GET';
    this.protocol = `HTTP/${head.httpVersion}`;
    this.unparsedUri = head.url ?? '/';
    this.uri = this.unparsedUri;
    this.args = undefined;
    this.clientIp = connection.clientIp;
    this.main = outer.main;
    this.prev = outer.prev;
    const from = outer.main ?? outer.prev;
    this.requestTime = from === undefined ? Date.now() : from.requestTime;
    this.started = from === undefined ? performance.now() : from.started;
  }

  /** The request line as the client sent it. */
  get theRequest(): string {
    return this.prev?.theRequest ?? `${this.#head.method} ${this.#head.url} HTTP/${this.#head.httpVersion}`;
  }

  /** The merged values of all directives that apply, as far as the sections are known by now. */
  get config(): Config {
    return this.plan.config;
  }

  /** True for the request that the client made: neither a subrequest nor the target of a redirect. */
  get isInitial(): boolean {
    return this.main === undefined && this.prev === undefined;
  }

  /** HEAD: the body is made, but not sent. */
  get headerOnly(): boolean {
    return this.method === 'HEAD';
  }

  /** Of the answer; 200 until somebody says otherwise. Throws TooLateError when the head has left. */
  get status(): number {
    return this.#status;
  }

  set status(status: number) {
    this.#assertOpen('status');
    this.#status = status;
  }

  /** Without the charset, e.g. `text/html`. Throws TooLateError when it is set after the head has left. */
  get contentType(): string | undefined {
    return this.#contentType;
  }

  set contentType(type: string | undefined) {
    this.#assertOpen('contentType');
    this.#contentType = type;
  }

  /** The file that the URI maps to; undefined before the translate phase and where it maps to none. */
  get filename(): string | undefined {
    if (this.#pathInfoPending) this.#splitPathInfo();
    return this.#filename;
  }

  set filename(filename: string | undefined) {
    this.#filename = filename;
    this.#pathInfoPending = false;
    this.#statDone = false;
  }

  /** The part of the URI behind the file, e.g. `/extra` of `/file.html/extra`. */
  get pathInfo(): string {
    if (this.#pathInfoPending) this.#splitPathInfo();
    return this.#pathInfo;
  }

  set pathInfo(pathInfo: string) {
    this.#pathInfo = pathInfo;
  }

  /** The stat of `filename`; undefined where there is no such file. Throws a 403 where it can't be looked at (EACCES, ELOOP). */
  get finfo(): Stats | undefined {
    if (this.#pathInfoPending) this.#splitPathInfo();
    if (!this.#statDone) {
      this.#finfo = this.#filename === undefined ? undefined : lookAt(this.#filename);
      this.#statDone = true;
    }
    return this.#finfo;
  }

  set finfo(finfo: Stats | undefined) {
    this.#finfo = finfo;
    this.#statDone = true;
  }

  /** @internal The path of the mapped file as translate left it; asking for it touches no file system. */
  get translatedFilename(): string | undefined {
    return this.#filename;
  }

  /** @internal From now on the first look at filename, pathInfo or finfo separates the file from its path info. */
  deferPathInfo(): void {
    if (this.#filename === undefined) return;
    // However many slashes the URL has, the folder is the one that Directory sections name.
    if (this.#filename.includes('//')) this.#filename = this.#filename.replace(/\/{2,}/g, '/');
    this.#pathInfoPending = true;
  }

  /** The request's headers; lines of the same name are joined as in Apache. */
  get headersIn(): Table {
    return (this.#headersIn ??= this.prev?.headersIn ?? joinedHeaders(this.#head.rawHeaders));
  }

  /** Response headers; dropped when an error page takes over. */
  get headersOut(): Table {
    return (this.#headersOut ??= this.#newOutTable());
  }

  /** Response headers that are sent with errors too, and survive internal redirects. */
  get errHeadersOut(): Table {
    return (this.#errHeadersOut ??= this.prev?.errHeadersOut ?? this.#newOutTable());
  }

  /** @internal Whether the table has been made. */
  get hasHeadersOut(): boolean {
    return this.#headersOut !== undefined;
  }

  /** @internal Whether the table has been made. */
  get hasErrHeadersOut(): boolean {
    return this.#errHeadersOut !== undefined || this.prev?.hasErrHeadersOut === true;
  }

  /** Text for other handlers of this request. */
  get notes(): Table {
    return (this.#notes ??= new Table());
  }

  /** Apache's subprocess environment: SetEnv and its kin, read by logs, conditions and CGI. */
  get env(): Table {
    return (this.#env ??= this.main?.env.copy() ?? new Table());
  }

  /** @internal Whether the table has been made. */
  get hasEnv(): boolean {
    return this.#env !== undefined;
  }

  /** Typed data of plugins, by their key objects. */
  get state(): State {
    return (this.#state ??= new State());
  }

  /** The URL that the client asked for. */
  get url(): URL {
    return (this.#url ??= requestUrl(this));
  }

  /** The name of the server without a port: from the target's absolute form, the Host header, or ServerName. */
  get hostname(): string {
    return parseAuthority(this.headersIn.get('Host') ?? '')?.hostname ?? this.server.hostname;
  }

  /** The name by which the server calls itself: the client's, or ServerName under UseCanonicalName. */
  get serverName(): string {
    return this.config.useCanonicalName ? this.server.hostname : this.hostname;
  }

  /** The folder that Location-less URIs map into. */
  get documentRoot(): string | undefined {
    return this.contextDocumentRoot ?? this.config.documentRoot;
  }

  /** The same in the access log and the error log (`%L`). */
  get logId(): string {
    return (this.#logId ??= this.main?.logId ?? this.prev?.logId ?? `${idPrefix}${(++requests).toString(36)}`);
  }

  set logId(id: string) {
    this.#logId = id;
  }

  /** @internal The head has left: what it said can't be changed any more. */
  seal(): void {
    this.#sealed = true;
    this.#headersOut?.seal(headersSent);
    this.#errHeadersOut?.seal(headersSent);
  }

  /** Forgets the headers of the answer that an error replaces. */
  protected dropHeadersOut(): void {
    this.#headersOut = undefined;
    this.#contentType = undefined;
    this.charset = undefined;
    this.contentEncoding = undefined;
    this.contentLanguages = [];
    this.statusLine = undefined;
  }

  #newOutTable(): Table {
    const table = new Table();
    if (this.#sealed) table.seal(headersSent);
    return table;
  }

  #assertOpen(member: string): void {
    if (this.#sealed) throw new TooLateError(`${member} can't be changed: ${headersSent}`);
  }

  #splitPathInfo(): void {
    const { filename, pathInfo, finfo } = findMappedFile(this.#filename!);
    this.filename = filename;
    this.finfo = finfo;
    this.#pathInfo = pathInfo;
  }
}

const headersSent = 'the head of the response has been sent';
const noOuter = {};
const noParams: Readonly<Record<string, string | string[]>> = Object.freeze(
  Object.create(null) as Record<string, string>,
);
