import type { Config, Context } from '../core/config/directive.ts';
import type { BrigadeFilter } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { type Lifetime, parseLifetime } from './expires/lifetime.ts';

type TypeLine = readonly [type: string, lifetime: string];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether answers get Expires and Cache-Control. */
    expiresActive: Directive<boolean>;
    /** How long answers stay fresh whose type ExpiresByType doesn't name: `access plus 1 hour`. */
    expiresDefault: Directive<string, Lifetime | undefined>;
    /** The same for a content type, or for `image/*`. */
    expiresByType: Directive<TypeLine | readonly TypeLine[], ReadonlyMap<string, Lifetime>>;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const place = { contexts, override: 'Indexes' } as const;

/** Tells caches by Expires and Cache-Control how long an answer stays fresh. */
export const expires = definePlugin({
  name: 'expires',
  aliases: ['mod_expires', 'expires_module'],
  directives: {
    ExpiresActive: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether answers get the headers Expires and Cache-Control.',
      default: false,
    },
    ExpiresDefault: {
      ...place,
      takes: 'one',
      usage: '"access|now|modification [plus] number unit …"|A<seconds>|M<seconds>',
      help: 'How long answers stay fresh whose type ExpiresByType does not name.',
      parse: ([lifetime = '']) => parseLifetime(lifetime),
    },
    ExpiresByType: {
      ...place,
      takes: 'two',
      usage: 'type|"type/*" "access|now|modification [plus] number unit …"|A<seconds>|M<seconds>',
      help: 'How long answers of a content type stay fresh.',
      default: new Map(),
      parse: ([type = '', lifetime = '']) => new Map([[type.toLowerCase(), parseLifetime(lifetime)]]),
      combine: overlay,
      merge: overlay,
    },
  },
  outputFilters: { MOD_EXPIRES: datingFilter() },
  insertFilters: { when: isActive, insert: addFilter },
  insertErrorFilters: { when: isActive, insert: addFilter },
});

function overlay(earlier: ReadonlyMap<string, Lifetime>, later: ReadonlyMap<string, Lifetime>): Map<string, Lifetime> {
  return new Map([...earlier, ...later]);
}

function isActive({ expiresActive, expiresByType, expiresDefault }: Config): boolean {
  return expiresActive && (expiresDefault !== undefined || expiresByType.size > 0);
}

/** Errors are not worth keeping. */
function addFilter(r: RequestRecord): void {
  if (r.main === undefined && r.status < 400) r.addOutputFilter('MOD_EXPIRES');
}

/** Acts when the first bucket of the body passes: the handler has said everything by then. */
function datingFilter(): BrigadeFilter {
  return {
    type: 'contentSet',
    changes: 'nothing',
    brigade(brigade, f) {
      f.remove();
      const lifetime = lifetimeOf(f.r);
      if (lifetime !== undefined) date(f.r, lifetime);
      return brigade;
    },
  };
}

/** None where the answer says itself how long it is good for. */
function lifetimeOf(r: RequestRecord): Lifetime | undefined {
  if (r.headersOut.has('Expires') || (r.hasErrHeadersOut && r.errHeadersOut.has('Expires'))) return undefined;
  const { expiresByType, expiresDefault } = r.config;
  const type = (r.contentType ?? '').replace(/[;\s].*$/s, '').toLowerCase();
  return expiresByType.get(type) ?? expiresByType.get(type.replace(/\/.*$/s, '/*')) ?? expiresDefault;
}

/** What was made just now has no time of a change, and what has passed already expires at once. */
function date(r: RequestRecord, { from, seconds }: Lifetime): void {
  const changed = from === 'access' ? r.requestTime : r.finfo?.mtimeMs;
  if (changed === undefined) return;
  const end = Math.max(changed + seconds * 1_000, r.requestTime);
  r.headersOut.merge('Cache-Control', `max-age=${Math.floor((end - r.requestTime) / 1_000)}`);
  r.headersOut.set('Expires', new Date(end).toUTCString());
}
