import { publish } from '../content.mjs';

/** @typedef {import('../../index.ts').FilterContext} FilterContext */

/** @type {WeakMap<FilterContext, Uint8Array[]>} */
const bodies = new WeakMap();

/** Rewrites links; a link may lie across two chunks, so the body is collected first. */
export default {
  type: 'resource',
  data(/** @type {Uint8Array} */ chunk, /** @type {FilterContext} */ f) {
    const collected = bodies.get(f);
    if (collected === undefined) bodies.set(f, [chunk]);
    else collected.push(chunk);
  },
  end(/** @type {FilterContext} */ f) {
    return f.passOn(publish(Buffer.concat(bodies.get(f) ?? []).toString()));
  },
};
