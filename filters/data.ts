import type { FilterContext, FilterObject } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import { fullType } from '../core/response-head.ts';
import { onlyEnd } from './only-end.ts';

/** Makes `data:` URLs (RFC 2397) of responses: the filter DATA. */
export const data = definePlugin({
  name: 'data',
  aliases: ['mod_data', 'data_module'],
  outputFilters: {
    DATA: {
      brigade(brigade, f) {
        const { r } = f;
        f.remove();
        const type = r.contentType === undefined ? '' : fullType(r).replace(/;\s+/g, ';');
        r.contentType = 'text/plain';
        r.charset = undefined;
        f.insertNext(r.headerOnly ? { brigade: onlyEnd } : new DataRun(`data:${type};base64,`));
        return brigade;
      },
    },
  },
});

/** One body; base64 has four letters for three bytes, so that up to two of them wait for the next piece. */
class DataRun implements FilterObject {
  #beginning: string;
  #left: Buffer = Buffer.alloc(0);

  constructor(beginning: string) {
    this.#beginning = beginning;
  }

  data(chunk: Uint8Array, f: FilterContext): void | Promise<void> {
    const bytes = Buffer.concat([this.#left, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    this.#left = bytes.subarray(whole);
    return this.#send(bytes.subarray(0, whole), f);
  }

  end(f: FilterContext): void | Promise<void> {
    return this.#send(this.#left, f);
  }

  #send(bytes: Buffer, f: FilterContext): void | Promise<void> {
    const beginning = this.#beginning;
    this.#beginning = '';
    return f.passOn(beginning + bytes.toString('base64'));
  }
}
