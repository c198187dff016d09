// The same work as filters of every form.
import { Transform } from 'node:stream';
import { TransformStream } from 'node:stream/web';

/** @typedef {(chunk: Uint8Array) => Uint8Array} Work */

/** @type {Record<string, Work>} */
export const works = {
  pass: (chunk) => chunk,
  upper(chunk) {
    const result = Buffer.allocUnsafe(chunk.length);
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      result[at] = byte >= 97 && byte <= 122 ? byte - 32 : byte;
    }
    return result;
  },
};

/** @param {Work} work */
export function nodeFilter(work) {
  return new Transform({ transform: (chunk, _encoding, done) => done(null, work(chunk)) });
}

/** @param {Work} work */
export function webFilter(work) {
  return new TransformStream({ transform: (chunk, controller) => controller.enqueue(work(chunk)) });
}

/** @type {Record<string, (work: Work) => import('../../dist/index.js').Filter>} */
export const forms = {
  object: (work) => ({ data: (chunk, f) => f.passOn(work(chunk)) }),
  generator: (work) =>
    async function* (chunks, _f) {
      for await (const chunk of chunks) yield work(chunk);
    },
  transform: (work) => () => nodeFilter(work),
  web: (work) => () => /** @type {never} */ (webFilter(work)),
};
