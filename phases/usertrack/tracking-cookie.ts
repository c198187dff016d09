import type { Config } from '../../core/config/directive.ts';

/** Netscape's has a date, RFC 2109's a number of seconds, RFC 2965's a header of its own. */
export type CookieStyle = 'netscape' | 'cookie' | 'cookie2';

export const sameSiteValues = ['Strict', 'Lax', 'None'] as const;
export type SameSite = (typeof sameSiteValues)[number];

/** The words of CookieStyle. */
export const cookieStyles: ReadonlyMap<string, CookieStyle> = new Map<string, CookieStyle>([
  ['netscape', 'netscape'],
  ['cookie', 'cookie'],
  ['rfc2109', 'cookie'],
  ['cookie2', 'cookie2'],
  ['rfc2965', 'cookie2'],
]);

/** The header that gives a visitor the cookie: name and value. */
export function cookieHeader(visitor: string, config: Config, now: number): [name: string, value: string] {
  const { cookieDomain, cookieExpires, cookieSameSite, cookieStyle } = config;
  let text = `${config.cookieName}=${visitor}; path=/`;
  if (cookieExpires !== undefined) {
    text +=
      cookieStyle === 'netscape'
        ? `; expires=${new Date(now + cookieExpires * 1_000).toUTCString()}`
        : `; max-age=${cookieExpires}`;
  }
  if (cookieDomain !== undefined) {
    text += `; domain=${cookieDomain}${cookieStyle === 'cookie2' ? '; version=1' : ''}`;
  }
  if (cookieSameSite !== undefined) text += `; SameSite=${cookieSameSite}`;
  if (config.cookieSecure) text += '; Secure';
  if (config.cookieHTTPOnly) text += '; HttpOnly';
  return [cookieStyle === 'cookie2' ? 'Set-Cookie2' : 'Set-Cookie', text];
}
