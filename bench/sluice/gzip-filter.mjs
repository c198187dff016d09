import { gzipSync } from 'node:zlib';

/** @typedef {import('../../index.ts').FilterContext} FilterContext */

/** @type {WeakMap<FilterContext, Uint8Array[]>} */
const bodies = new WeakMap();

/** Compresses the whole body in one call. */
export default {
  type: 'contentSet',
  init(/** @type {FilterContext} */ f) {
    const { headersIn, headersOut } = f.r;
    headersOut.set('Vary', 'Accept-Encoding');
    if (!/\bgzip\b/.test(headersIn.get('Accept-Encoding') ?? '')) f.remove();
  },
  data(/** @type {Uint8Array} */ chunk, /** @type {FilterContext} */ f) {
    const collected = bodies.get(f);
    if (collected === undefined) bodies.set(f, [chunk]);
    else collected.push(chunk);
  },
  end(/** @type {FilterContext} */ f) {
    f.r.contentEncoding = 'gzip';
    return f.passOn(gzipSync(Buffer.concat(bodies.get(f) ?? []), { level: 6 }));
  },
};
