// What every contender answers with, so that all of them do the same work.

/** W1 */
export const hello = 'Hello World!';

/** W2: one kilobyte as JSON; it is made into text anew for each request. */
export const record = {
  id: 42,
  name: 'Ada Lovelace',
  roles: ['reader', 'writer', 'editor'],
  address: { street: '12 St James Square', city: 'London', country: 'GB' },
  visits: [1815, 1833, 1842, 1843, 1852],
  active: true,
  note: '',
};
record.note = words(1024 - Buffer.byteLength(JSON.stringify(record)), 2);

/** W3 and W5: ten kilobytes. */
export const text = words(10_240, 1);

/**
 * W4: an article by its id, about one kilobyte as JSON, with links that must not leave the house as they are.
 *
 * @param {string} id
 */
export function article(id) {
  return { id, title: 'On the analytical engine', links: articleLinks, note: articleNote };
}

export const inside = 'http://backend.internal/';
export const outside = 'https://www.example.com/';
const articleLinks = ['notes', 'figures', 'sources', 'letters'].map((name) => `${inside}articles/${name}`);
const articleNote = words(760, 3);

/**
 * W4: what the body-changing filter, hook or middleware does to the finished text.
 *
 * @param {string} body
 */
export function publish(body) {
  return body.replaceAll(inside, outside);
}

/** W6: one kilobyte, sent by the client. */
export const posted = JSON.stringify(record);

/**
 * Prose of an exact length that compresses as prose does, the same in every run.
 *
 * @param {number} length
 * @param {number} seed
 */
function words(length, seed) {
  const list = 'the engine weaves algebraic patterns as a loom weaves flowers and leaves with cards of its own'.split(
    ' ',
  );
  let state = seed;
  let prose = '';
  while (prose.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    prose += `${list[(state % 1009) % list.length]}${state % 13 === 0 ? (state % 8999).toString(36) : ''} `;
  }
  return prose.slice(0, length);
}
