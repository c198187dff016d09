import type { Config, Context, DirectiveSite } from '../core/config/directive.ts';
import type { LanguageForce } from '../core/negotiation/preferences.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { multiViews } from './negotiation/multiviews.ts';
import { serveTypeMap } from './negotiation/serve-type-map.ts';
import { spellEncoding } from './negotiation/spell-encoding.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Languages, the best first: for clients to whom several are equally good, or none. */
    languagePriority: Directive<string | readonly string[], readonly string[]>;
    /** Where languagePriority counts: `Prefer`, `Fallback`, both, or `None`. */
    forceLanguagePriority: Directive<string | readonly string[], LanguageForce>;
    /** Whether caches of HTTP/1.0 may keep what was negotiated. */
    cacheNegotiatedDocs: Directive<boolean>;
  }
}

const anywhere: { readonly contexts: readonly Context[]; readonly override: 'FileInfo' } = {
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'FileInfo',
};

/** Content negotiation: one URL, several files, and the one that suits the client, by `Options MultiViews` or a type map. */
export const negotiation = definePlugin({
  name: 'negotiation',
  aliases: ['mod_negotiation', 'negotiation_module'],
  directives: {
    LanguagePriority: {
      ...anywhere,
      takes: 'iterate',
      usage: 'language …',
      help: 'Languages, the best first, for clients to whom several variants are equally good, or none.',
      default: [],
      parse: ([language = '']) => [language.toLowerCase()],
      combine: (earlier, later) => [...earlier, ...later],
    },
    ForceLanguagePriority: {
      ...anywhere,
      takes: 'any',
      usage: 'None | [Prefer] [Fallback]',
      help: 'Whether LanguagePriority decides between variants that are equally good for the client (Prefer), and where none is (Fallback).',
      default: { prefer: true, fallback: false },
      defaultText: 'Prefer',
      parse: parseForce,
    },
    CacheNegotiatedDocs: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether caches of HTTP/1.0, which know nothing of Vary, may keep what was negotiated.',
      contexts: ['server config', 'virtual host'],
      default: false,
    },
  },
  phases: {
    type: { order: 'first', handler: multiViews, when: ({ options }) => options.on.has('multiviews') },
    fixup: [
      { order: 'first', handler: nameTypeMap, pure: true, when: hasTypeMaps },
      { handler: spellEncoding, pure: true, when: ({ addType }) => hasEncodings(addType) },
    ],
  },
  handlers: { 'type-map': serveTypeMap },
});

function parseForce(words: readonly string[], site: DirectiveSite): LanguageForce {
  const names = words.map((word) => word.toLowerCase());
  const force = { prefer: names.includes('prefer'), fallback: names.includes('fallback') };
  const isNone = names.length === 1 && names[0] === 'none';
  if (isNone || (names.length > 0 && names.every((name) => name === 'prefer' || name === 'fallback'))) return force;
  return site.fail(`ForceLanguagePriority is None, Prefer, Fallback or the last two, not "${words.join(' ')}"`);
}

const typeMapType = 'application/x-type-map';

function hasTypeMaps({ addType, typesConfig, forceType }: Config): boolean {
  return (
    forceType === typeMapType ||
    [...addType.values()].some(({ type }) => type === typeMapType) ||
    [...typesConfig.values()].includes(typeMapType)
  );
}

function hasEncodings(addType: Config['addType']): boolean {
  return [...addType.values()].some(({ encoding }) => typeof encoding === 'string');
}

/** The type alone makes a file a type map. */
function nameTypeMap(r: RequestRecord): typeof DECLINED {
  if (r.contentType === typeMapType) r.handler ??= 'type-map';
  return DECLINED;
}
