import type { Duplex } from 'node:stream';
import type { ConnectionRecord } from '../connection-record.ts';
import type { RequestRecord } from '../request-record.ts';
import type { Verdict } from '../verdict.ts';
import type { Brigade } from './bucket.ts';
import type { BrigadeTarget } from './outlet.ts';

/**
 * Where a filter stands between the handler and the network; in this order, same type in order of insertion.
 * `resource` changes content, `contentSet` works on the content as a whole (compression), `protocol` makes HTTP of it
 * (ranges), `transcode`, `connection` and `network` belong to the transport.
 */
export const filterTypes = ['resource', 'contentSet', 'protocol', 'transcode', 'connection', 'network'] as const;

/** A place between the handler and the network; see `filterTypes`. */
export type FilterType = (typeof filterTypes)[number];

/** What a filter of a whole connection sees of its place in the chain: there is no request, only bytes. */
export interface ConnectionFilterContext {
  /** As logs name the filter. */
  readonly name: string;
  /** The connection whose bytes they are. */
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
  /** The request whose body it is. */
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
  /** Keeps a brigade for later; gives how many bytes are kept now. Throws where that is more than FilterBufferLimit allows. */
  setAside(brigade: Brigade): number;
  /** Everything that was set aside; what nobody has taken goes on in front of EOS. */
  takeAside(): Brigade;
}

/** What a filter says of itself; the engine corrects the head of the message accordingly. */
export interface FilterDeclaration {
  /** `resource` by default. */
  readonly type?: FilterType;
  /**
   * What the filter does to the body: `anything` (default) makes the engine drop Content-Length, ETag, Last-Modified,
   * digests and ranges of the original; `sameLength` (one byte for one) keeps the length and the place of a range;
   * `coding` means the same content in another content coding, so that only lengths and digests are dropped and the tag is
   * the filter's business; `nothing` keeps all (a filter that only looks).
   */
  readonly changes?: 'anything' | 'sameLength' | 'coding' | 'nothing';
  /** The result is another one each time, so that parts of it don't fit together: Range is ignored, `Accept-Ranges: none`. */
  readonly noRanges?: boolean;
  /** The result is for this client alone: no shared cache may keep it. */
  readonly private?: boolean;
  /** The request header on which the result depends. */
  readonly vary?: string;
  /** Before the handler runs; may return a verdict, which ends the request. */
  init?(f: FilterContext): Verdict | void | Promise<Verdict | void>;
}

/**
 * The form that all others become; every part but `data` is optional.
 *
 * @example
 * const shout: FilterObject = { data: (chunk, f) => f.passOn(Buffer.from(chunk).toString('latin1').toUpperCase()) };
 */
export interface FilterObject extends FilterDeclaration {
  /** A piece of the body, cut anywhere; it must not be changed in place. */
  data(chunk: Uint8Array, f: FilterContext): void | Promise<void>;
  /** A FLUSH mark came; the engine passes it on afterwards. */
  flush?(f: FilterContext): void | Promise<void>;
  /** EOS came; the engine passes it on afterwards. */
  end?(f: FilterContext): void | Promise<void>;
}

/**
 * A filter that needs no bytes, only the buckets: it takes a brigade and gives the one that goes on.
 *
 * @example
 * const count: BrigadeFilter = { changes: 'nothing', brigade: (brigade) => ((buckets += brigade.length), brigade) };
 */
export interface BrigadeFilter extends FilterDeclaration {
  /** Takes a brigade, and gives the one that goes on in its place. */
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
  /** Which of the two it is. */
  readonly type: 'connection' | 'network';
  /** A piece of what is sent or received, cut anywhere. */
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
  /** As SetOutputFilter and logs name it. */
  readonly name: string;
  /** Where it stands. */
  readonly type: FilterType;
  /** The filter, in whatever form. */
  readonly filter: Filter;
}
