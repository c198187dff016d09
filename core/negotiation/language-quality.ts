import type { AcceptItem } from './accept-item.ts';
import type { Preferences } from './preferences.ts';
import type { Variant } from './variant.ts';

/** How well a variant's languages fit. */
export interface LanguageQuality {
  readonly quality: number;
  /** The place in the server's LanguagePriority; infinite where it doesn't count. */
  readonly place: number;
  /** The client named the language, so that another server would choose alike. */
  readonly isDefinite: boolean;
}

/** A variant without a language, where others have one. */
export const LAST_RESORT = 0.000_1;
/** A language of which the client named another region only. */
const OTHER_REGION = 0.001;

/** The best of the variant's languages counts; `unnamed` is the quality of a variant without any. */
export function languageQuality(
  { languages }: Variant,
  preferences: Preferences,
  strict: boolean,
  unnamed: number,
): LanguageQuality {
  if (languages.length === 0) return { quality: strict ? 1 : unnamed, place: Infinity, isDefinite: true };
  const { languages: accepted, languageForce } = preferences;
  const byClient = accepted === undefined ? indefinite : acceptedQuality(languages, accepted, strict);
  const place = placeOf(languages, preferences.languagePriority);
  if (byClient.quality > 0) return { ...byClient, place: languageForce.prefer ? place : Infinity };
  if (!languageForce.fallback || place === Infinity) return { ...byClient, place: Infinity };
  return { quality: LAST_RESORT, place, isDefinite: false };
}

const indefinite = { quality: 1, isDefinite: false };

function acceptedQuality(
  languages: readonly string[],
  accepted: readonly AcceptItem[],
  strict: boolean,
): Omit<LanguageQuality, 'place'> {
  const star = accepted.find(({ name }) => name === '*');
  let best: number | undefined;
  let byStar = false;
  let nearly = 0;
  for (const language of languages) {
    const range = longestRange(language, accepted);
    if (range !== undefined) best = Math.max(best ?? 0, range.quality);
    else if (star !== undefined) byStar = true;
    if (!strict && range === undefined && accepted.some(({ name }) => isOtherRegion(name, language)))
      nearly = OTHER_REGION;
  }
  if (byStar && (best === undefined || star!.quality > best)) return { quality: star!.quality, isDefinite: false };
  return { quality: best ?? nearly, isDefinite: true };
}

/** RFC 4647 §3.3.1: a range fits the tag that it equals, and those that go on with a hyphen. */
function longestRange(language: string, accepted: readonly AcceptItem[]): AcceptItem | undefined {
  let longest: AcceptItem | undefined;
  for (const item of accepted) {
    const { name } = item;
    if (name === '' || !language.startsWith(name)) continue;
    const fits = language.length === name.length || language.charAt(name.length) === '-';
    if (fits && name.length > (longest?.name.length ?? 0)) longest = item;
  }
  return longest;
}

/** Who asks for `en-us` alone can read `en-gb`, too. */
function isOtherRegion(range: string, language: string): boolean {
  const hyphen = range.indexOf('-');
  return hyphen >= 0 && language.startsWith(range.slice(0, hyphen));
}

function placeOf(languages: readonly string[], priority: readonly string[]): number {
  const place = priority.findIndex((preferred) => languages.some((language) => language.startsWith(preferred)));
  return place < 0 ? Infinity : place;
}
