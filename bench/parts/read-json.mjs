/**
 * A request's JSON body, for the contenders that bring no parser: collected by events, as raw-body does for
 * koa-bodyparser.
 *
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<unknown>}
 */
export function readJson(request) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    request.on('error', reject);
    request.on('end', () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString()));
      } catch (error) {
        reject(error);
      }
    });
  });
}
