import { LATIN_1, charsetQuality } from './charset-quality.ts';
import { encodingQuality } from './encoding-quality.ts';
import { LAST_RESORT, languageQuality } from './language-quality.ts';
import type { Preferences } from './preferences.ts';
import { typeQuality } from './type-quality.ts';
import type { Variant } from './variant.ts';

/** `server`: Apache's own rules; `remote`: those of RFC 2296, by which every server and cache chooses alike. */
export type Algorithm = 'server' | 'remote';

/** A variant with what the client thinks of it. */
interface Rated<V extends Variant> {
  readonly variant: V;
  readonly type: number;
  readonly levelMatched: number;
  readonly language: number;
  readonly place: number;
  readonly charset: number;
  readonly encoding: number;
  readonly isDefinite: boolean;
}

/**
 * The variant that suits the client best; undefined where none is acceptable, or none surely, by the rules of RFC 2296. Of
 * variants that are equally good, the first one is chosen.
 */
export function chooseVariant<V extends Variant>(
  variants: readonly V[],
  preferences: Preferences,
  algorithm: Algorithm = 'server',
): V | undefined {
  const { preferredLanguage } = preferences;
  if (preferredLanguage !== undefined) {
    const preferred = variants.filter(({ languages }) => languages.includes(preferredLanguage));
    // The language is as good as asked for, whatever the client's header says.
    const best = pick(
      preferred,
      { ...preferences, languages: [accepted(preferredLanguage)], languagePriority: [] },
      algorithm,
    );
    if (best !== undefined) return best;
  }
  return pick(variants, preferences, algorithm);
}

function accepted(name: string): { name: string; quality: number; level: number; charset: string } {
  return { name, quality: 1, level: 0, charset: '' };
}

function pick<V extends Variant>(
  variants: readonly V[],
  preferences: Preferences,
  algorithm: Algorithm,
): V | undefined {
  const strict = algorithm === 'remote';
  const isBetter = strict ? isBetterRemotely : isBetterHere;
  const unnamed = variants.some(({ languages }) => languages.length > 0) ? LAST_RESORT : 1;
  let best: Rated<V> | undefined;
  for (const variant of variants) {
    const rated = rate(variant, preferences, strict, unnamed);
    if (rated !== undefined && (best === undefined || isBetter(rated, best))) best = rated;
  }
  return strict && best?.isDefinite === false ? undefined : best?.variant;
}

/** Undefined for a variant that isn't acceptable in one respect: the others needn't be looked at then. */
function rate<V extends Variant>(
  variant: V,
  preferences: Preferences,
  strict: boolean,
  unnamed: number,
): Rated<V> | undefined {
  if (variant.sourceQuality <= 0) return undefined;
  const type = typeQuality(variant, preferences, strict);
  if (type.quality <= 0) return undefined;
  const language = languageQuality(variant, preferences, strict, unnamed);
  if (language.quality <= 0) return undefined;
  const charset = charsetQuality(variant, preferences, strict);
  const encoding = encodingQuality(variant, preferences);
  if (charset <= 0 || encoding <= 0) return undefined;
  const isCharsetSure = preferences.charsets !== undefined || variant.charset === '';
  return {
    variant,
    type: type.quality,
    levelMatched: type.levelMatched,
    language: language.quality,
    place: language.place,
    charset,
    encoding,
    isDefinite: type.isExact && language.isDefinite && isCharsetSure,
  };
}

/** RFC 2296 §3.3: the product; encodings are outside of it, and settle draws. */
function isBetterRemotely(rated: Rated<Variant>, best: Rated<Variant>): boolean {
  return (productOf(rated) - productOf(best) || rated.encoding - best.encoding) > 0;
}

function productOf({ variant, type, language, charset }: Rated<Variant>): number {
  return variant.sourceQuality * type * language * charset;
}

/** Apache's order: the first thing in which two variants differ decides. */
function isBetterHere(rated: Rated<Variant>, best: Rated<Variant>): boolean {
  const difference =
    rated.type * rated.variant.sourceQuality - best.type * best.variant.sourceQuality ||
    rated.language - best.language ||
    byPlace(rated, best) ||
    byLevel(rated, best) ||
    rated.charset - best.charset ||
    byCharset(rated.variant, best.variant) ||
    rated.encoding - best.encoding ||
    best.variant.length - rated.variant.length;
  return difference > 0;
}

function byPlace({ place }: Rated<Variant>, best: Rated<Variant>): number {
  return place === best.place ? 0 : best.place - place;
}

/** Levels of one type: the highest that was accepted, else the lowest there is. */
function byLevel(rated: Rated<Variant>, best: Rated<Variant>): number {
  if (rated.variant.type !== best.variant.type) return 0;
  return rated.levelMatched - best.levelMatched || best.variant.level - rated.variant.level;
}

/** Anything but Latin-1 was said on purpose. */
function byCharset(variant: Variant, best: Variant): number {
  const isLatin = (charset: string): boolean => charset === '' || charset === LATIN_1;
  return !isLatin(variant.charset) && isLatin(best.charset) ? 1 : 0;
}
