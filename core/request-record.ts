import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Context } from 'koa';
import { AddedSteps } from './added-steps.ts';
import { BodyReader } from './body/body-reader.ts';
import { type Form, readForm } from './body/form.ts';
import { etagOf, meetsConditions, variantTag } from './conditional.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { Exchange } from './engine.ts';
import { FileBucket } from './filter/bucket.ts';
import type { Filter, NamedFilter } from './filter/filter.ts';
import type { Direction, FilterLink } from './filter/filter-link.ts';
import { findFilter } from './filter/named-filter.ts';
import { InputChain } from './filter/input-chain.ts';
import type { BrigadeTarget } from './filter/outlet.ts';
import { OutputChain } from './filter/output-chain.ts';
import type { LogLevel } from './log/log-level.ts';
import { type Choices, type Chosen, type Offer, negotiate } from './negotiation/offer.ts';
import type { PhaseName } from './phases.ts';
import type { Step } from './plan.ts';
import type { PhaseHandler } from './plugin.ts';
import { type RequestHead, RequestFields } from './request-fields.ts';
import type { ServerRecord } from './server-record.ts';
import type { Subrequest } from './subrequest.ts';
import { TooLateError } from './too-late-error.ts';
import type { TrailEntry } from './trail-entry.ts';
import type { ErrorStatus, OK } from './verdict.ts';

/** A request on its way through the phases: what is known of it, and what a handler can do with it. */
export class RequestRecord extends RequestFields {
  readonly #exchange: Exchange;
  readonly #target: BrigadeTarget;
  #output: OutputChain | undefined = undefined;
  #cleanups: (() => unknown)[] | undefined = undefined;
  #added: AddedSteps | undefined = undefined;
  #abort: AbortController | undefined = undefined;
  #context: Context | undefined = undefined;
  #input: InputChain | undefined = undefined;
  #filteredBody: BodyReader | undefined = undefined;
  #form: Promise<Form> | undefined = undefined;
  #closed: string | undefined = undefined;
  /** The step that is running; names the culprit in logs. */
  step: Step | undefined = undefined;
  /** Which steps ran with what verdict, where somebody watches. */
  trail: TrailEntry[] | undefined = undefined;

  constructor(
    head: RequestHead,
    connection: ConnectionRecord,
    server: ServerRecord,
    exchange: Exchange,
    outer?: { main?: RequestRecord; prev?: RequestRecord },
    target: BrigadeTarget = exchange.writer,
  ) {
    super(head, connection, server, outer);
    this.#exchange = exchange;
    this.#target = target;
  }

  // Output

  /** True once the head has left; an error can only cut the connection then. */
  get committed(): boolean {
    return this.#exchange.writer.committed;
  }

  /** Body bytes sent, after all filters. */
  get bytesSent(): number {
    return this.#exchange.writer.bytesSent;
  }

  /** @internal Body bytes in both directions: a handler that moves some is alive. */
  get bytesMoved(): number {
    return this.bytesSent + this.#exchange.bytesRead;
  }

  /** The filters on the way to the client; made when first needed. */
  get output(): OutputChain {
    return (this.#output ??= new OutputChain(this, this.#target));
  }

  /** @internal Whether the chain has been made. */
  get hasOutput(): boolean {
    return this.#output !== undefined;
  }

  /**
   * Adds to the body. Nothing leaves before `flush` or a full buffer; a returned promise is back-pressure: await it before
   * writing more. Throws TypeError for other than text or bytes, TooLateError after the end.
   */
  write(data: string | Uint8Array): void | Promise<void> {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
      throw new TypeError(`write takes text or bytes, but was given ${data === null ? 'null' : typeof data}`);
    }
    this.#assertOpen('write');
    if (data.length > 0) return this.output.write(data);
  }

  /** Sends the head and everything written so far. */
  flush(): void | Promise<void> {
    this.#assertOpen('flush');
    return this.output.flush();
  }

  /** Adds a file, or a part of it, to the body without reading it first; gives the number of bytes. Throws as `open` does. */
  async sendFile(path: string, offset = 0, length = Number.POSITIVE_INFINITY): Promise<number> {
    this.#assertOpen('sendFile');
    const descriptor = openSync(path, 'r');
    this.registerCleanup(() => closeSync(descriptor));
    const count = Math.max(0, Math.min(length, fstatSync(descriptor).size - offset));
    if (count > 0) await this.output.write(new FileBucket(descriptor, offset, count));
    return count;
  }

  /** Adds an output filter by its name, or the filter itself; it stands behind those of its type that are there already. */
  addOutputFilter(filter: string | Filter): FilterLink | undefined {
    const named = this.#findFilter(filter, 'output');
    return named === undefined ? undefined : this.output.add(named);
  }

  /** The output filter that a name means here: one that the config declares, or a plugin's. */
  findOutputFilter(name: string): NamedFilter | undefined {
    return this.#findFilter(name, 'output');
  }

  /** An interim response: 103 with early hints, or 100. */
  sendInterim(status: 100 | 103, headers?: readonly string[]): void {
    this.#exchange.writer.interim(status, headers === undefined ? undefined : [...headers]);
  }

  /** @internal No more writes: an internal redirect or the end of the request has taken over. */
  close(reason: string): void {
    this.#closed = reason;
  }

  /** @internal Forgets everything the answer said so far, except `errHeadersOut`; a redirect keeps its Location. */
  startOver(status: number): void {
    const location = this.hasHeadersOut ? this.headersOut.get('Location') : undefined;
    this.dropHeadersOut();
    if (location !== undefined && (status === 201 || (status >= 300 && status < 400))) {
      this.headersOut.set('Location', location);
    }
    this.dropOutput();
  }

  /** @internal Forgets what was written and the filters it was to pass. */
  dropOutput(): void {
    this.#output?.reset();
  }

  // The request's body

  /** @internal Where the output chain ends. */
  get target(): BrigadeTarget {
    return this.#target;
  }

  /** @internal Shared with the subrequests and redirect targets made of this one. */
  get exchange(): Exchange {
    return this.#exchange;
  }

  /** The body, behind the input filters; the members below are shorthands. */
  get body(): BodyReader {
    if (this.#input === undefined) return this.#exchange.body;
    return (this.#filteredBody ??= new BodyReader(this.#input, { limit: 0 }));
  }

  /** The input filters, from the handler to the network. */
  get inputFilters(): readonly FilterLink[] {
    return this.#input?.filters ?? [];
  }

  /** The filter that others wait for, in either direction. */
  get stuckFilter(): FilterLink | undefined {
    return this.#output?.stuckFilter ?? this.#input?.stuckFilter;
  }

  /** Adds an input filter by its name, or the filter itself, behind those of its type that are there. Throws TooLateError once the body is being read. */
  addInputFilter(filter: string | Filter): FilterLink | undefined {
    if (this.#input?.started === true || this.#exchange.bytesRead > 0) {
      throw new TooLateError('addInputFilter came too late: the body is being read');
    }
    const named = this.#findFilter(filter, 'input');
    return named === undefined ? undefined : (this.#input ??= new InputChain(this, this.#exchange.body)).add(named);
  }

  /** At most `count` bytes as soon as there are any, everything without a count; empty at the end. */
  read(count?: number): Promise<Buffer> {
    return this.body.read(count);
  }

  /** Up to and including the next line feed, at most `maximum` bytes; empty at the end. */
  readLine(maximum?: number): Promise<Buffer> {
    return this.body.readLine(maximum);
  }

  /** The lines of the body as they come in, each with its line feed. */
  lines(): AsyncIterable<Buffer> {
    return this.body.lines();
  }

  /** The whole body as text in the charset of its Content-Type. */
  text(): Promise<string> {
    return this.body.text(this.headersIn.get('Content-Type'));
  }

  /** The whole body as JSON; throws a 400 where it isn't. */
  json(): Promise<unknown> {
    return this.body.json();
  }

  /** The fields and files of a form, urlencoded or multipart; read once and kept. */
  form(): Promise<Form> {
    return (this.#form ??=
      this.prev?.form() ??
      readForm(this.body, this.headersIn.get('Content-Type'), {
        memoryLimit: this.config.formMemoryLimit,
        fieldLimit: this.config.limitFormFields,
        registerCleanup: (cleanup) => this.registerCleanup(cleanup),
      }));
  }

  // Answers

  /**
   * The offer that suits the client best, by the rules of content negotiation; of several, the first. Says in the head of the
   * answer what was chosen, and by which request headers. Throws a 406 with the list of offers where none is acceptable.
   *
   * @example
   * const { language } = r.negotiate({ types: ['text/html'], languages: ['en', 'de'] });
   * const { render } = r.negotiate([{ type: 'text/html', render: page }, { type: 'application/json', render: data, qs: 0.9 }]);
   */
  negotiate<O extends Offer>(offers: readonly O[]): O;
  negotiate<C extends Choices>(choices: C): Chosen<C>;
  negotiate(offers: readonly Offer[] | Choices): Offer {
    return negotiate(this, offers);
  }

  /** Sends the client elsewhere: `return r.redirect('/new')`. */
  redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): ErrorStatus {
    this.headersOut.set('Location', location);
    return status;
  }

  /** Compares the request's conditions with the ETag and Last-Modified set so far: OK, 304 or 412, to be returned. */
  meetsConditions(): typeof OK | 304 | 412 {
    return meetsConditions(this);
  }

  /** Tells caches that the answer depends on a request header; of no effect once the head has left. */
  varyOn(header: string): void {
    if (!this.committed) this.headersOut.merge('Vary', header);
  }

  /** Sets the entity tag; without an argument, one made of the file's size and time. */
  setEtag(etag: string | undefined = etagOf(this)): void {
    if (etag === undefined) return;
    const listTag = this.variantListTag ?? this.prev?.variantListTag;
    this.headersOut.set('ETag', listTag === undefined ? etag : variantTag(etag, listTag));
  }

  /** Sets Last-Modified; without an argument, from `mtime`. */
  setLastModified(time: Date | number = this.mtime): void {
    this.headersOut.set('Last-Modified', new Date(time).toUTCString());
  }

  /** Runs the phases for another URI of this server and sends its answer instead; nothing can be written afterwards. */
  internalRedirect(uri: string): void | Promise<void> {
    this.#assertOpen('internalRedirect');
    if (this.committed)
      throw new TooLateError('internalRedirect came too late: the head of the response has been sent');
    return this.#exchange.engine.internalRedirect(this, uri);
  }

  /** Asks what a request for `uri` would meet: the phases up to fixup; `run()` makes its body. */
  lookupUri(uri: string): Subrequest | Promise<Subrequest> {
    return this.#exchange.engine.lookupUri(this, uri);
  }

  /** The same for a file, relative to the folder of this request's file; translate is skipped. */
  lookupFile(path: string): Subrequest | Promise<Subrequest> {
    return this.#exchange.engine.lookupFile(this, path);
  }

  // Extras

  /** The Koa context; made when first asked for. */
  get ctx(): Context {
    return (this.#context ??= this.main?.ctx ?? this.prev?.ctx ?? this.#exchange.context(this));
  }

  /** Aborts when the client is gone or the handler ran out of time. */
  get signal(): AbortSignal {
    return (this.#abort ??= new AbortController()).signal;
  }

  /** @internal Called by the engine; handlers listen to `signal`. */
  abort(reason: Error): void {
    this.#abort?.abort(reason);
    this.next?.abort(reason);
  }

  /**
   * Adds a handler to a phase of this request: to the phase that is running or to a later one, behind those that are
   * there. Throws RangeError for a phase that is over, and for cleanup (see `registerCleanup`).
   */
  addHandler<P extends Exclude<PhaseName, 'cleanup'>>(phase: P, handler: PhaseHandler<P>): void {
    (this.#added ??= new AddedSteps()).add(phase, handler, this.phase);
  }

  /** @internal Whether `addHandler` has been called. */
  get hasAddedSteps(): boolean {
    return this.#added !== undefined;
  }

  /** @internal What `addHandler` added to a phase. */
  addedSteps(phase: PhaseName): readonly Step[] | undefined {
    return this.#added?.of(phase);
  }

  /** Calls `cleanup` after the request has been logged; last registered runs first, errors are only logged. */
  registerCleanup(cleanup: () => unknown): void {
    if (typeof cleanup !== 'function') throw new TypeError(`registerCleanup takes a function, not ${typeof cleanup}`);
    (this.#cleanups ??= []).push(cleanup);
  }

  /** @internal Takes the next cleanup, the last one registered. */
  takeCleanup(): (() => unknown) | undefined {
    return this.#cleanups?.pop();
  }

  /** Writes to the error log, with the request's client and id; `module` is the speaker for LogLevel. */
  log(message: string, level: LogLevel = 'error', module: string = this.step?.plugin ?? 'core'): void {
    this.server.log.log(level, message, module, this);
  }

  #assertOpen(action: string): void {
    if (this.#closed !== undefined) throw new TooLateError(`${action} came too late: ${this.#closed}`);
  }

  #findFilter(filter: string | Filter, direction: Direction): NamedFilter | undefined {
    const found = findFilter(filter, direction, this);
    if (found === undefined) this.log(`unknown filter ${filter as string}: not added`);
    return found;
  }
}
