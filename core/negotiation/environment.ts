import type { RequestRecord } from '../request-record.ts';
import type { Preferences } from './preferences.ts';

/** What Apache's special environment variables ask of negotiation: `no-gzip`, `gzip-only-text/html`, `prefer-language`. */
export function environmentPreferences(
  r: RequestRecord,
): Partial<Pick<Preferences, 'discardEncoded' | 'preferredLanguage'>> {
  if (!r.hasEnv) return nothing;
  const onlyHtml = r.env.has('gzip-only-text/html') ? 'all but HTML' : 'none';
  return {
    discardEncoded: r.env.has('no-gzip') ? 'all' : onlyHtml,
    preferredLanguage: r.env.get('prefer-language'),
  };
}

const nothing = {};
