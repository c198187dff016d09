import type { Config, Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { parseDuration } from './duration.ts';
import {
  type CookieStyle,
  type SameSite,
  cookieHeader,
  cookieStyles,
  sameSiteValues,
} from './usertrack/tracking-cookie.ts';
import { newVisitor, readCookie } from './usertrack/visitor.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether visitors without a cookie get one; its value is `%{cookie}n` in logs. */
    cookieTracking: Directive<boolean>;
    /** The name of the tracking cookie. */
    cookieName: Directive<string>;
    /** The domain whose hosts all get the tracking cookie: `.example.org`. */
    cookieDomain: Directive<string, string | undefined>;
    /** How long the tracking cookie is kept: seconds, or `2 weeks 3 days`; without it, until the browser is closed. */
    cookieExpires: Directive<string | number, number | undefined>;
    /** How the tracking cookie's lifetime is written. */
    cookieStyle: Directive<'Netscape' | 'Cookie' | 'Cookie2' | 'RFC2109' | 'RFC2965', CookieStyle>;
    /** Whether the tracking cookie goes with requests that other sites cause. */
    cookieSameSite: Directive<SameSite, SameSite | undefined>;
    /** Keeps the tracking cookie from scripts. */
    cookieHTTPOnly: Directive<boolean>;
    /** Sends the tracking cookie over secure connections only. */
    cookieSecure: Directive<boolean>;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const place = { contexts, override: 'FileInfo' } as const;

/** Follows visitors through a site by a cookie. */
export const userTrack = definePlugin({
  name: 'usertrack',
  aliases: ['mod_usertrack', 'usertrack_module'],
  directives: {
    CookieTracking: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether visitors get a cookie to be followed by; its value is %{cookie}n in logs.',
      default: false,
    },
    CookieName: {
      ...place,
      takes: 'one',
      usage: 'name',
      help: 'The name of the tracking cookie.',
      default: 'Apache',
      parse([name = ''], site) {
        if (/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return name;
        return site.fail(`"${name}" can't be the name of a cookie (RFC 6265 §4.1.1)`);
      },
    },
    CookieDomain: {
      ...place,
      takes: 'one',
      usage: '.domain',
      help: 'The domain whose hosts all get the tracking cookie.',
      parse([domain = ''], site) {
        if (/^\.[\w-]+(?:\.[\w-]+)+\.?$/.test(domain)) return domain;
        return site.fail(`CookieDomain takes a domain with a dot at its begin and another in it, not "${domain}"`);
      },
    },
    CookieExpires: {
      ...place,
      takes: 'one',
      usage: 'seconds|"[plus] number unit …"',
      help: 'How long the tracking cookie is kept; without it, until the browser is closed.',
      parse: ([text = '']) => (/^\d{1,9}$/.test(text) ? Number(text) : parseDuration(text)),
    },
    CookieStyle: {
      ...place,
      takes: 'one',
      usage: 'Netscape | Cookie | Cookie2 | RFC2109 | RFC2965',
      help: "How the tracking cookie's lifetime is written.",
      default: 'netscape',
      parse: ([style = ''], site) =>
        cookieStyles.get(style.toLowerCase()) ??
        site.fail(`CookieStyle takes ${[...cookieStyles.keys()].join(', ')}, not "${style}"`),
    },
    CookieSameSite: {
      ...place,
      takes: 'one',
      usage: 'Strict | Lax | None',
      help: 'Whether the tracking cookie goes with requests that other sites cause.',
      parse([word = ''], site) {
        const found = sameSiteValues.find((value) => value.toLowerCase() === word.toLowerCase());
        return found ?? site.fail(`CookieSameSite takes ${sameSiteValues.join(', ')}, not "${word}"`);
      },
    },
    CookieHTTPOnly: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Keeps the tracking cookie from scripts.',
      default: false,
    },
    CookieSecure: {
      ...place,
      takes: 'flag',
      usage: 'On | Off',
      help: 'Sends the tracking cookie over secure connections only.',
      default: false,
    },
  },
  phases: { fixup: { order: 'first', handler: track, when: ({ cookieTracking }: Config) => cookieTracking } },
});

/** A visitor is counted once, however often the request is redirected. */
function track(r: RequestRecord): typeof DECLINED {
  if (r.main !== undefined) return DECLINED;
  const { cookieName } = r.config;
  const known = r.prev?.notes.get('cookie') ?? readCookie(r.headersIn.get('Cookie'), cookieName);
  const visitor = known ?? newVisitor();
  r.notes.set('cookie', visitor);
  if (known === undefined) r.errHeadersOut.append(...cookieHeader(visitor, r.config, r.requestTime));
  return DECLINED;
}
