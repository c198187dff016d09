import type { Brigade } from './filter/bucket.ts';
import { EOS } from './filter/bucket.ts';
import type { BrigadeTarget, OutputChain } from './filter/output-chain.ts';
import type { RequestHead } from './request-fields.ts';
import type { RequestRecord } from './request-record.ts';

/** The answer to `lookupUri` and `lookupFile`: what a request for it would meet, and its body when asked for. */
export interface Subrequest {
  readonly r: RequestRecord;
  /** 200 where the resource may be had, else the status that a client would get. */
  readonly status: number;
  /** Makes the body and sends it into the outer request's output; gives the status. */
  run(): number | Promise<number>;
}

/** A subrequest is always a GET without a body of its own; its headers are a copy without those of the outer body. */
export function subrequestHead(outer: RequestRecord, target: string): RequestHead {
  const rawHeaders: string[] = [];
  for (const [name, value] of outer.headersIn) if (!bodyHeaders.has(name.toLowerCase())) rawHeaders.push(name, value);
  return { method: 'GET', url: target, httpVersion: outer.protocol.slice(5), rawHeaders };
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

/** The end of a subrequest's chain: everything but its EOS goes on in the outer request. */
export class OuterOutput implements BrigadeTarget {
  readonly #outer: () => OutputChain;

  constructor(outer: RequestRecord) {
    this.#outer = () => outer.output;
  }

  async receive(brigade: Brigade): Promise<void> {
    for (const bucket of brigade) {
      if (bucket === EOS) continue;
      await (typeof bucket === 'symbol' ? this.#outer().flush() : this.#outer().write(bucket));
    }
  }
}
