import { escapePath } from '../escape-path.ts';
import type { RequestRecord } from '../request-record.ts';
import { httpError } from '../verdict.ts';
import { readAcceptItem } from './accept-item.ts';
import { chooseVariant } from './choose-variant.ts';
import { environmentPreferences } from './environment.ts';
import { readPreferences } from './preferences.ts';
import { alternates, concernedHeaders, variantLinks } from './variant-list.ts';
import type { Variant } from './variant.ts';

/** A form in which a handler can answer; it may have members of the handler's own. */
export interface Offer {
  /** The content type, e.g. `text/html; level=3`. */
  readonly type?: string;
  /** The language, or those that it is in, e.g. `en-GB`. */
  readonly language?: string | readonly string[];
  /** The charset, where it is text. */
  readonly charset?: string;
  /** The content encoding; nothing for the plain form. */
  readonly encoding?: string;
  /** How good a form it is, 0 to 1; 1 by default. */
  readonly qs?: number;
  /** Its own URL, relative to the resource, if it has one: for Content-Location and the list of alternatives. */
  readonly name?: string;
  /** In bytes; shorter forms are preferred if nothing else decides. */
  readonly length?: number;
  /** For people, in the list of alternatives. */
  readonly description?: string;
}

/** What there is to choose from, the best first: every type comes in every language, charset and encoding. */
export interface Choices {
  /** Content types. */
  readonly types?: readonly string[];
  /** Languages. */
  readonly languages?: readonly string[];
  /** Charsets. */
  readonly charsets?: readonly string[];
  /** `identity` is the plain form. */
  readonly encodings?: readonly string[];
}

/** What was chosen from each of the lists. */
export type Chosen<C extends Choices> = {
  readonly [
    K in keyof C as K extends keyof typeof members ? (typeof members)[K] : never
  ]: C[K] extends readonly (infer T)[] ? T : undefined;
};

const members = { types: 'type', languages: 'language', charsets: 'charset', encodings: 'encoding' } as const;

interface OfferedVariant extends Variant {
  readonly offer: Offer;
}

/** Chooses from what a handler offers; see `RequestRecord.negotiate`. */
export function negotiate(r: RequestRecord, offers: readonly Offer[] | Choices): Offer {
  const list = isList(offers) ? offers : combine(offers);
  if (list.length === 0) throw new TypeError('negotiate needs at least one offer, but was given an empty list');
  const variants = list.map(toVariant);
  // Also for a single form: another client may get a 406.
  for (const header of concernedHeaders(variants)) r.errHeadersOut.merge('Vary', header);
  const best = chooseVariant(variants, readPreferences(r.headersIn, environmentPreferences(r)));
  if (best === undefined) throw notAcceptable(r, variants);
  describe(r, best);
  return best.offer;
}

function isList(offers: readonly Offer[] | Choices): offers is readonly Offer[] {
  return Array.isArray(offers);
}

function combine(choices: Choices): readonly Offer[] {
  let offers: readonly Offer[] = [{}];
  for (const [list, member] of Object.entries(members)) {
    const values = choices[list as keyof Choices];
    if (values !== undefined) {
      offers = offers.flatMap((offer) => values.map((value) => ({ ...offer, [member]: value })));
    }
  }
  return offers;
}

function toVariant(offer: Offer): OfferedVariant {
  const { language = [], encoding = '', type = '' } = offer;
  const item = readAcceptItem(type);
  return {
    offer,
    name: offer.name ?? '',
    type: item.name,
    sourceQuality: offer.qs ?? 1,
    level: item.level,
    charset: (offer.charset ?? item.charset).toLowerCase(),
    languages: [language].flat().map((tag) => tag.toLowerCase()),
    encoding: encoding === 'identity' ? '' : encoding.toLowerCase(),
    length: offer.length ?? -1,
    description: offer.description ?? '',
  };
}

/** The head of the answer says what the body will be. */
function describe(r: RequestRecord, { offer, encoding, languages }: OfferedVariant): void {
  if (offer.type !== undefined) r.contentType = offer.type;
  if (offer.charset !== undefined) r.charset = offer.charset;
  if (offer.language !== undefined) r.contentLanguages = languages;
  if (offer.encoding !== undefined) r.contentEncoding = encoding === '' ? undefined : encoding;
  if (offer.name !== undefined) r.headersOut.set('Content-Location', escapePath(offer.name));
}

function notAcceptable(r: RequestRecord, variants: readonly OfferedVariant[]): Error {
  r.notes.set('error-notes', variantLinks(variants));
  const named = variants.filter(({ name }) => name !== '');
  if (named.length > 0) r.errHeadersOut.set('Alternates', alternates(named));
  return httpError(406, `none of the ${variants.length} offers for ${r.uri} is acceptable to the client`);
}
