import { escapeHtml } from '../../core/escape-html.ts';
import { decodeEntities } from './decode-entities.ts';

/** How the elements echo and set change a value, first `decoding`, then `encoding`: lists of names. */
export interface Codings {
  decoding: string;
  encoding: string;
}

/** The text as the codings say; undefined where one of them is unknown. */
export function recode(text: string, { decoding, encoding }: Codings): string | undefined {
  const decoded = applyAll(text, decoding, decodings);
  return decoded === undefined ? undefined : applyAll(decoded, encoding, encodings);
}

type Change = (text: string) => string;

const same: Change = (text) => text;

const encodings: ReadonlyMap<string, Change> = new Map([
  ['none', same],
  ['url', (text) => percentEncode(text, /[^\w\-.~$!*'():;@&=+,/]/gu)],
  ['urlencoded', (text) => percentEncode(text, /[^\w\-.* ]/gu).replaceAll(' ', '+')],
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['entity', escapeHtml],
]);

const decodings: ReadonlyMap<string, Change> = new Map([
  ['none', same],
  ['url', percentDecode],
  ['urlencoded', (text) => percentDecode(text.replaceAll('+', ' '))],
  ['base64', (text) => (/^[\w+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString() : '')],
  ['entity', decodeEntities],
]);

function applyAll(text: string, list: string, known: ReadonlyMap<string, Change>): string | undefined {
  let changed = text;
  for (const name of list.toLowerCase().split(/[, \t]+/)) {
    const change = known.get(name);
    if (change === undefined) return undefined;
    changed = change(changed);
  }
  return changed;
}

/** Each byte of what `unsafe` finds, in Apache's spelling. */
function percentEncode(text: string, unsafe: RegExp): string {
  return text.replace(unsafe, (found) => Buffer.from(found).toString('hex').replace(/../g, '%$&'));
}

/** What is no escape stays as it is. */
export function percentDecode(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
}
