import type { Preferences } from './preferences.ts';
import type { Variant } from './variant.ts';

/** How well a variant's type fits. */
export interface TypeQuality {
  readonly quality: number;
  /** The level that was accepted with the type, 0 where the type wasn't named. */
  readonly levelMatched: number;
  /** The type was named, not met by a wildcard. */
  readonly isExact: boolean;
}

/**
 * The quality of the item that fits best: the type itself before any subtype before any type. While a client says 1 for all
 * of them, wildcards count next to nothing: they mean "if there is nothing better".
 */
export function typeQuality(
  { type, level }: Variant,
  { types, hasTypeQualities }: Preferences,
  strict: boolean,
): TypeQuality {
  if (type === '') return untyped;
  let quality = 0;
  let specificity = 0;
  for (const item of types) {
    const fits = specificityOf(item.name, type);
    if (fits <= specificity || (fits === EXACT && item.level < level)) continue;
    specificity = fits;
    quality = fits === EXACT || hasTypeQualities || strict ? item.quality : fits / 100;
  }
  const isExact = specificity === EXACT;
  return { quality, levelMatched: isExact ? level : 0, isExact };
}

/** Where the type is nobody's business. */
const untyped: TypeQuality = { quality: 1, levelMatched: 0, isExact: true };

const EXACT = 3;

/** How many of a type's two parts an item names, and one for fitting at all; 0 where it doesn't. */
function specificityOf(name: string, type: string): number {
  if (name === '*' || name === '*/*') return 1;
  if (name === type) return EXACT;
  return name.length > 2 && name.endsWith('/*') && type.startsWith(name.slice(0, -1)) ? 2 : 0;
}
