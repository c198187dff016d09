import type { DirectiveSite } from '../../core/config/directive.ts';

/** The cookie that holds a session. */
export interface SessionCookieName {
  readonly name: string;
  /** As they are sent, e.g. `Path=/`; Secure is added for connections by TLS. */
  readonly attributes: readonly string[];
}

/** How the attributes are spelt; those of time are SessionMaxAge's. */
const known: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ['path', (value: string) => (/^\/[^;\s]*$/.test(value) ? `Path=${value}` : undefined)],
  ['domain', (value: string) => (/^[\w.-]+$/.test(value) ? `Domain=${value}` : undefined)],
  ['secure', () => 'Secure'],
  ['httponly', () => 'HttpOnly'],
  ['samesite', (value: string) => (/^(?:lax|strict)$/i.test(value) ? `SameSite=${value}` : undefined)],
]);

const defaults = { path: 'Path=/', httponly: 'HttpOnly', samesite: 'SameSite=Lax' };

/** Reads `name [path=/x;secure …]`; a session is kept from scripts and other sites, whether asked for or not. */
export function parseCookieName(words: readonly string[], site: DirectiveSite): SessionCookieName {
  const [name = '', ...rest] = words;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return site.fail(`SessionCookieName can't be "${name}"`);
  const said: Record<string, string> = { ...defaults };
  for (const part of rest.join(';').split(';')) {
    if (part.trim() === '') continue;
    const [key = '', value = ''] = part.trim().split('=', 2);
    const spelt = known.get(key.toLowerCase())?.(value);
    if (spelt === undefined) {
      return site.fail(
        `SessionCookieName takes path=/…, domain=…, secure, httponly, samesite=lax or strict, not "${part}"`,
      );
    }
    said[key.toLowerCase()] = spelt;
  }
  return { name, attributes: Object.values(said) };
}
