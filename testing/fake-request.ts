import type { Config } from '../core/config/directive.ts';
import { type DetachedRequest, detachedRequest } from '../core/detached-request.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { readTarget } from '../core/request-target.ts';
import { bareServer } from './bare-server.ts';
import { type LogLine, loggerInto } from './collect-log.ts';
import { MemorySink, type SentResponse } from './memory-sink.ts';

/** Members that earlier phases would have set. */
const members = ['filename', 'pathInfo', 'user', 'authType', 'handler', 'params', 'contentType'] as const;

/** What the record should say. */
export interface FakeRequestOptions extends DetachedRequest, Partial<Pick<RequestRecord, (typeof members)[number]>> {
  /** Variables of the request's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Notes that other handlers have left. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Values for `r.config` over the defaults. */
  readonly config?: Partial<Config>;
}

/** A record that answers to nobody, with what was made of it. */
export type FakeRequest = RequestRecord & {
  /** Ends the response and gives what a client would have received of what was written. */
  sent(): Promise<SentResponse>;
  /** What was written to the error log. */
  readonly logged: readonly LogLine[];
};

/**
 * Makes a record to call one handler with. No config is read and no phase runs.
 *
 * @example
 * const r = fakeRequest({ url: '/hello?name=Ann', headers: { Accept: 'text/plain' } });
 * expect(hello(r)).toBe('Hello Ann');
 */
export function fakeRequest(options: FakeRequestOptions = {}): FakeRequest {
  const { config = {}, env = {}, notes = {} } = options;
  const logged: LogLine[] = [];
  const sink = new MemorySink();
  const server = bareServer(config, loggerInto(logged));
  const r = detachedRequest({ chooseServer: () => server }, options, sink);
  readTarget(r);
  for (const member of members) if (options[member] !== undefined) Object.assign(r, { [member]: options[member] });
  for (const [name, value] of Object.entries(env)) r.env.set(name, value);
  for (const [name, value] of Object.entries(notes)) r.notes.set(name, value);
  const sent = async (): Promise<SentResponse> => {
    if (!r.output.ended && !r.exchange.writer.ended) await r.output.end();
    return sink.sent;
  };
  return Object.assign(r, { sent, logged });
}
