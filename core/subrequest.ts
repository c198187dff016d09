import type { Brigade } from './filter/bucket.ts';
import { EOS } from './filter/bucket.ts';
import type { BrigadeTarget } from './filter/outlet.ts';
import type { RequestHead } from './request-fields.ts';
import type { RequestRecord } from './request-record.ts';

/**
 * The answer to `lookupUri` and `lookupFile`: what a request for it would meet, and its body when asked for.
 *
 * @example
 * const sub = await r.lookupUri('/footer.html');
 * if (sub.status === 200) await sub.run();
 */
export interface Subrequest {
  /** The record of the inner request. */
  readonly r: RequestRecord;
  /** 200 where the resource may be had, else the status that a client would get. */
  readonly status: number;
  /** Makes the body and sends it into the outer request's output; gives the status. */
  run(): number | Promise<number>;
}

/** A subrequest is always a GET without a body of its own; its headers are a copy without those of the outer body. */
export function subrequestHead(outer: RequestRecord, target: string): RequestHead {
  return {
    method: 'GET',
    url: target,
    httpVersion: outer.protocol.slice(5),
    // Most subrequests are only looked up, and nobody reads their headers.
    get rawHeaders() {
      const raw: string[] = [];
      for (const [name, value] of outer.headersIn) if (!bodyHeaders.has(name.toLowerCase())) raw.push(name, value);
      return raw;
    },
  };
}

const bodyHeaders = new Set([
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
  'content-range',
  'expect',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'range',
  'transfer-encoding',
]);

/** Makes a subrequest's body and sends it to `target` instead of the outer request's first filter: a filter names the next one. */
export function runInto(found: Subrequest, target: BrigadeTarget): number | Promise<number> {
  // Every subrequest has such a target, and shares it with those that it is redirected to.
  (found.r.target as OuterOutput).goTo(target);
  return found.run();
}

/** The end of a subrequest's chain: everything but its EOS goes on in the outer request. */
export class OuterOutput implements BrigadeTarget {
  readonly #outer: RequestRecord;
  #target: BrigadeTarget | undefined;

  constructor(outer: RequestRecord) {
    this.#outer = outer;
  }

  goTo(target: BrigadeTarget): void {
    this.#target = target;
  }

  receive(brigade: Brigade): void | Promise<void> {
    if (this.#target === undefined) return this.#write(brigade);
    const body = brigade.filter((bucket) => bucket !== EOS);
    if (body.length > 0) return this.#target.receive(body, this.#outer);
  }

  async #write(brigade: Brigade): Promise<void> {
    const { output } = this.#outer;
    for (const bucket of brigade) {
      if (bucket === EOS) continue;
      await (typeof bucket === 'symbol' ? output.flush() : output.write(bucket));
    }
  }
}
