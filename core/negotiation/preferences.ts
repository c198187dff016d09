import { type AcceptItem, readAcceptItems } from './accept-item.ts';
import { scriptType } from './variant.ts';

/** In which way the server's LanguagePriority counts. */
export interface LanguageForce {
  /** Between variants that are equally good for the client. */
  readonly prefer: boolean;
  /** Where no variant is good for the client. */
  readonly fallback: boolean;
}

/** What a client prefers, and what the server makes of it; undefined where a header isn't there. */
export interface Preferences {
  readonly types: readonly AcceptItem[];
  /** A type has a quality below 1: then the client has thought about wildcards too, and they are believed. */
  readonly hasTypeQualities: boolean;
  readonly languages: readonly AcceptItem[] | undefined;
  readonly charsets: readonly AcceptItem[] | undefined;
  readonly encodings: readonly AcceptItem[] | undefined;
  /** Languages in lower case, the best first. */
  readonly languagePriority: readonly string[];
  readonly languageForce: LanguageForce;
  /** Only variants of this language are looked at, as long as one of them will do. */
  readonly preferredLanguage: string | undefined;
  /** Encoded variants that aren't to be chosen. */
  readonly discardEncoded: 'none' | 'all' | 'all but HTML';
}

/** The headers that negotiation reads. */
export interface AcceptHeaders {
  get(name: string): string | undefined;
}

/** What the server adds to the client's headers. */
export interface ServerPreferences extends Omit<Partial<Preferences>, 'types' | 'hasTypeQualities'> {
  /** How much scripts are liked, which clients don't say; by default hardly. */
  readonly scriptQuality?: number;
}

/** Reads what a client prefers from its headers (RFC 9110 §12.5). */
export function readPreferences(headers: AcceptHeaders, server: ServerPreferences = {}): Preferences {
  const accept = readAcceptItems(headers.get('Accept'));
  const { scriptQuality = 0.001, ...others } = server;
  return {
    types: [...(accept ?? anyType), { name: scriptType, quality: scriptQuality, level: 0, charset: '' }],
    hasTypeQualities: accept?.some(({ quality }) => quality < 1) ?? false,
    languages: readAcceptItems(headers.get('Accept-Language')),
    charsets: readAcceptItems(headers.get('Accept-Charset')),
    encodings: readAcceptItems(headers.get('Accept-Encoding')),
    languagePriority: [],
    languageForce: preferOnly,
    preferredLanguage: undefined,
    discardEncoded: 'none',
    ...others,
  };
}

const anyType: readonly AcceptItem[] = [{ name: '*/*', quality: 1, level: 0, charset: '' }];
const preferOnly: LanguageForce = { prefer: true, fallback: false };
