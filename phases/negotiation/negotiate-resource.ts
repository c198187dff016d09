import { chooseVariant } from '../../core/negotiation/choose-variant.ts';
import { environmentPreferences } from '../../core/negotiation/environment.ts';
import { readPreferences } from '../../core/negotiation/preferences.ts';
import { alternates, variantLinks, varyingHeaders } from '../../core/negotiation/variant-list.ts';
import type { Variant } from '../../core/negotiation/variant.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { type NegotiateHeader, readNegotiateHeader } from './negotiate-header.ts';

/** What came of a negotiation: a variant, or the status of the list that is sent instead. */
export interface Negotiation<V extends Variant> {
  readonly best: V | undefined;
  readonly status: 200 | 300 | 406;
  readonly isTransparent: boolean;
  /** Says in `r` how the answer was found, once nobody can spoil it any more. */
  readonly tell: () => void;
}

/** Chooses one of a resource's variants, or the list of all, for the client of `r`; `isActive` prefers scripts. */
export function negotiateResource<V extends Variant>(
  r: RequestRecord,
  variants: readonly V[],
  isActive: boolean,
): Negotiation<V> {
  const isTransparent = canBeTransparent(r, variants);
  const wish = isTransparent ? readNegotiateHeader(r.headersIn) : serverDriven;
  const { languagePriority, forceLanguagePriority } = r.config;
  const preferences = readPreferences(r.headersIn, {
    ...environmentPreferences(r),
    languagePriority,
    languageForce: forceLanguagePriority,
    scriptQuality: wish.isRemote ? 0 : isActive ? 2 : 0.001,
  });
  const algorithm = wish.isRemote ? 'remote' : 'server';
  const best = wish.mayChoose ? chooseVariant(variants, preferences, algorithm) : undefined;
  const status = best !== undefined ? 200 : wish.isTransparent ? 300 : 406;
  if (status === 406) r.log(`none of the ${variants.length} variants of ${r.filename} is acceptable`, 'info');
  const tell = (): void => setHeaders(r, variants, best, isTransparent, status !== 200 || wish.isTransparent);
  return { best, status, isTransparent, tell };
}

const serverDriven: NegotiateHeader = { isTransparent: false, mayChoose: true, isRemote: false };

/** RFC 2295 §4: only neighbours may be chosen from a list that others keep; and what has no URL can't be asked for. */
function canBeTransparent(r: RequestRecord, variants: readonly (Variant & { readonly body?: unknown })[]): boolean {
  const isRead = r.method === 'GET' || r.method === 'HEAD';
  return isRead && r.pathInfo === '' && variants.every(({ name, body }) => !name.includes('/') && body === undefined);
}

function setHeaders(
  r: RequestRecord,
  variants: readonly Variant[],
  best: Variant | undefined,
  isTransparent: boolean,
  listsAll: boolean,
): void {
  const headers = r.errHeadersOut;
  const vary = [...(isTransparent ? ['negotiate'] : []), ...varyingHeaders(variants)];
  for (const header of vary) headers.merge('Vary', header);
  if (listsAll && variants.length > 0) headers.set('Alternates', alternates(variants));
  if (isTransparent) headers.set('TCN', best === undefined ? 'list' : 'choice');
  if (best === undefined) {
    r.notes.set('error-notes', variantLinks(variants));
    // Caches of HTTP/1.0 know nothing of Vary.
  } else if (r.protocol === 'HTTP/1.0' && !r.config.cacheNegotiatedDocs && variants.length > 1) {
    r.noCache = true;
  }
}
