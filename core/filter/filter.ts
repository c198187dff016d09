import type { Duplex } from 'node:stream';
import type { ConnectionRecord } from '../connection-record.ts';
import type { RequestRecord } from '../request-record.ts';
import type { Verdict } from '../verdict.ts';
import type { Brigade } from './bucket.ts';
import type { BrigadeTarget } from './output-chain.ts';

/**
 * Where a filter stands between the handler and the network; in this order, same type in order of insertion.
 * `resource` changes content, `contentSet` works on the content as a whole (compression), `protocol` makes HTTP of it
 * (ranges), `transcode`, `connection` and `network` belong to the transport.
 */
export const filterTypes = ['resource', 'contentSet', 'protocol', 'transcode', 'connection', 'network'] as const;

export type FilterType = (typeof filterTypes)[number];

/** What a filter of a whole connection sees of its place in the chain: there is no request, only bytes. */
export interface ConnectionFilterContext {
  readonly name: string;
  readonly connection: ConnectionRecord;
  /** Hands bytes to the next filter; a returned promise is back-pressure: wait for it before producing more. */
  passOn(chunk: Uint8Array | string): void | Promise<void>;
  /** Steps aside: what follows passes by untouched. */
  remove(): void;
  /** Calls `cleanup` when the request, or else the connection, is over. */
  registerCleanup(cleanup: () => unknown): void;
}

/** What a filter sees of its place in the chain. */
export interface FilterContext extends ConnectionFilterContext {
  readonly r: RequestRecord;
}

/** What a filter that takes brigades sees of its place. */
export interface BrigadeContext extends FilterContext {
  /** What takes this filter's brigades: the next filter, or the end of the chain. */
  readonly next: BrigadeTarget;
  /** Puts a filter right behind this one: the brigade that is returned goes to it first. */
  insertNext(filter: Filter, name?: string): FilterContext;
  /** Sends a brigade on at once, ahead of the one that is returned; a promise is back-pressure. */
  send(brigade: Brigade): void | Promise<void>;
}

/** The form that all others become; every part but `data` is optional. */
export interface FilterObject {
  /** `resource` by default. */
  readonly type?: FilterType;
  /**
   * What the filter does to the body: `anything` (default) makes the engine drop Content-Length, ETag, Last-Modified,
   * digests and ranges of the original; `sameLength` keeps the length; `coding` means the same content in another content
   * coding, so that only lengths and digests are dropped and the tag is the filter's business; `nothing` keeps all (a
   * filter that only looks).
   */
  readonly changes?: 'anything' | 'sameLength' | 'coding' | 'nothing';
  /** Before the handler runs; may return a verdict, which ends the request. */
  init?(f: FilterContext): Verdict | void | Promise<Verdict | void>;
  data(chunk: Uint8Array, f: FilterContext): void | Promise<void>;
  /** A FLUSH mark came; the engine passes it on afterwards. */
  flush?(f: FilterContext): void | Promise<void>;
  /** EOS came; the engine passes it on afterwards. */
  end?(f: FilterContext): void | Promise<void>;
}

/** A filter that needs no bytes, only the buckets: it takes a brigade and gives the one that goes on. */
export interface BrigadeFilter {
  readonly type?: FilterType;
  readonly changes?: FilterObject['changes'];
  init?(f: FilterContext): Verdict | void | Promise<Verdict | void>;
  brigade(brigade: Brigade, f: BrigadeContext): Brigade | Promise<Brigade>;
}

/** `async function* (chunks, f) { for await (const chunk of chunks) yield … }` */
export type FilterGenerator<Context extends ConnectionFilterContext = FilterContext> = (
  chunks: AsyncIterable<Uint8Array>,
  f: Context,
) => AsyncIterable<Uint8Array | string>;

/** `(f) => new TransformStream()`, or a Node Transform. */
export type FilterStream<Context extends ConnectionFilterContext = FilterContext> = (
  f: Context,
) => TransformStream<Uint8Array, Uint8Array> | Duplex;

/** A filter in the form that suits; all become the same thing. */
export type Filter = FilterObject | BrigadeFilter | FilterGenerator | FilterStream;

/** The form that all filters of connections become. */
export interface ConnectionFilterObject {
  readonly type: 'connection' | 'network';
  data(chunk: Uint8Array, f: ConnectionFilterContext): void | Promise<void>;
  /** What was written so far must reach the network now; the engine passes the mark on afterwards. */
  flush?(f: ConnectionFilterContext): void | Promise<void>;
  /** Nothing more will come; the engine passes the mark on afterwards. */
  end?(f: ConnectionFilterContext): void | Promise<void>;
}

/**
 * A filter of a whole connection, of the type `connection` or, nearer to the network, `network`. A function says it as well:
 * `Object.assign(filter, { type: 'connection' })`.
 *
 * @example
 * export const rot13: ConnectionFilter = { type: 'connection', data: (chunk, f) => f.passOn(rotate(chunk)) };
 */
export type ConnectionFilter =
  | ConnectionFilterObject
  | ((FilterGenerator<ConnectionFilterContext> | FilterStream<ConnectionFilterContext>) &
      Pick<ConnectionFilterObject, 'type'>);

/** A filter under the name by which SetOutputFilter and `r.addOutputFilter` know it. */
export interface NamedFilter {
  readonly name: string;
  readonly type: FilterType;
  readonly filter: Filter;
}
