import type { Context } from 'koa';
import type { BodyReader } from './body/body-reader.ts';
import type { RequestRecord } from './request-record.ts';
import type { ResponseWriter } from './response-writer.ts';
import type { Subrequest } from './subrequest.ts';
import type { UpgradeOffer } from './upgrade.ts';

/** What carries records through the phases; given to them, so that the record needn't know the engine. */
export interface Engine {
  serve(r: RequestRecord, fault?: number): void | Promise<void>;
  logRequest(r: RequestRecord): void;
  cleanUp(r: RequestRecord): void;
  internalRedirect(r: RequestRecord, uri: string): void | Promise<void>;
  /** To the ErrorDocument for `status`. */
  errorRedirect(r: RequestRecord, uri: string, status: number): void | Promise<void>;
  lookupUri(r: RequestRecord, uri: string): Subrequest | Promise<Subrequest>;
  lookupFile(r: RequestRecord, path: string): Subrequest | Promise<Subrequest>;
}

/** A record's way in and out; shared by all records of one HTTP request. */
export interface Exchange {
  readonly engine: Engine;
  readonly writer: ResponseWriter;
  /** Made when first asked for. */
  readonly body: BodyReader;
  /** Body bytes that have come in so far. */
  readonly bytesRead: number;
  /** Takes over a request that nobody answered; a 404 where there is no such thing. */
  readonly passOn?: (() => Promise<void>) | undefined;
  /** The connection, where the request asks for another protocol on it. */
  readonly upgrade?: UpgradeOffer | undefined;
  /** Makes the Koa context; throws where there is no Koa around. */
  context(r: RequestRecord): Context;
}
