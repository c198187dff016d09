import type { BodySource } from '../body/body-source.ts';
import type { ConnectionRecord } from '../connection-record.ts';
import { EOS, FLUSH } from '../filter/bucket.ts';
import type { ConnectionFilterContext, ConnectionFilterObject } from '../filter/filter.ts';
import { isThenable } from '../thenable.ts';
import type { OutputBucket, OutputTarget } from './socket-sink.ts';

/** A filter of one connection, in the one form that the chains know. */
export interface OpenFilter {
  readonly name: string;
  readonly filter: ConnectionFilterObject;
}

/** What a filter that throws has to say; gives what its caller is to throw. */
export type ReportFailure = (filter: string, error: unknown) => Error;

abstract class ConnectionLink implements ConnectionFilterContext {
  readonly connection: ConnectionRecord;
  readonly name: string;
  protected readonly filter: OpenFilter['filter'];
  protected readonly report: ReportFailure;
  protected removed = false;
  protected ended = false;

  constructor(connection: ConnectionRecord, { name, filter }: OpenFilter, report: ReportFailure) {
    this.connection = connection;
    this.name = name;
    this.filter = filter;
    this.report = report;
  }

  abstract passOn(chunk: Uint8Array | string): void | Promise<void>;

  remove(): void {
    this.removed = true;
  }

  registerCleanup(cleanup: () => unknown): void {
    this.connection.registerCleanup(cleanup);
  }

  protected assertPassable(chunk: unknown): void {
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new TypeError(`the filter ${this.name} passed on ${typeof chunk}; it must pass on bytes or text`);
    }
    if (this.ended) throw new Error(`the filter ${this.name} passed on bytes after the end`);
  }
}

/** What comes in: pulled by the filter in front of it or by the reader, it pulls from the one behind. */
export class ConnectionInputLink extends ConnectionLink implements BodySource {
  readonly #next: BodySource;
  readonly #passed: Uint8Array[] = [];

  constructor(connection: ConnectionRecord, filter: OpenFilter, report: ReportFailure, next: BodySource) {
    super(connection, filter, report);
    this.#next = next;
  }

  passOn(chunk: Uint8Array | string): void {
    this.assertPassable(chunk);
    if (chunk.length > 0) this.#passed.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }

  async pull(): Promise<Uint8Array | null> {
    for (;;) {
      const passed = this.#passed.shift();
      if (passed !== undefined) return passed;
      if (this.ended) return null;
      const chunk = await this.#next.pull();
      if (this.removed) {
        this.ended = chunk === null;
        return chunk;
      }
      try {
        if (chunk === null) await this.filter.end?.(this);
        else await this.filter.data(chunk, this);
      } catch (error) {
        throw this.report(this.name, error);
      }
      this.ended = chunk === null;
    }
  }
}

/** What goes out: pushed by the one in front, bucket by bucket, in order. */
export class ConnectionOutputLink extends ConnectionLink implements OutputTarget {
  next: OutputTarget;
  /** What the filter passed on has to wait for. */
  #waiting: void | Promise<void> = undefined;
  /** The bucket that is still being handled. */
  #busy: Promise<void> | undefined = undefined;

  constructor(connection: ConnectionRecord, filter: OpenFilter, report: ReportFailure, next: OutputTarget) {
    super(connection, filter, report);
    this.next = next;
  }

  passOn(chunk: Uint8Array | string): void | Promise<void> {
    this.assertPassable(chunk);
    if (chunk.length === 0) return;
    this.#waiting = this.next.take(chunk);
    return this.#waiting;
  }

  take(bucket: OutputBucket): void | Promise<void> {
    const handled = this.#busy === undefined ? this.#handle(bucket) : this.#busy.then(() => this.#handle(bucket));
    if (!isThenable(handled)) return;
    const busy: Promise<void> = handled.finally(() => {
      if (this.#busy === busy) this.#busy = undefined;
    });
    // Nobody has to wait; what comes next then tells.
    busy.catch(() => undefined);
    this.#busy = busy;
    return busy;
  }

  #handle(bucket: OutputBucket): void | Promise<void> {
    if (this.removed) return this.next.take(bucket);
    this.#waiting = undefined;
    let filtered: void | Promise<void>;
    try {
      filtered = this.#filter(bucket);
    } catch (error) {
      throw this.report(this.name, error);
    }
    if (!isThenable(filtered) && this.#waiting === undefined) return this.#passMark(bucket);
    return this.#settle(filtered, bucket);
  }

  async #settle(filtered: void | Promise<void>, bucket: OutputBucket): Promise<void> {
    try {
      await filtered;
    } catch (error) {
      throw this.report(this.name, error);
    }
    await this.#waiting;
    await this.#passMark(bucket);
  }

  #filter(bucket: OutputBucket): void | Promise<void> {
    if (bucket === EOS) return this.filter.end?.(this);
    if (bucket === FLUSH) return this.filter.flush?.(this);
    return this.filter.data(typeof bucket === 'string' ? Buffer.from(bucket) : bucket, this);
  }

  /** The marks go on behind what the filter made of them. */
  #passMark(bucket: OutputBucket): void | Promise<void> {
    if (typeof bucket !== 'symbol') return;
    if (bucket === EOS) this.ended = true;
    return this.next.take(bucket);
  }
}
