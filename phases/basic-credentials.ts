import { isUtf8 } from 'node:buffer';
import type { RequestRecord } from '../core/request-record.ts';
import { stateKey } from '../core/state-key.ts';

/** What a client sent in an Authorization header of the scheme Basic; nobody has checked it yet. */
export interface BasicCredentials {
  /** The name before the colon. */
  readonly user: string;
  /** What follows it. */
  readonly password: string;
}

const decoded = stateKey<BasicCredentials | undefined>('auth_basic.credentials');

/**
 * The user and password of the Authorization header, decoded once per request; undefined where there are none, where the
 * scheme is another one, and where they break RFC 7617 §2 (no colon, control characters, no UTF-8).
 *
 * @example
 * const credentials = basicCredentials(r);
 * if (credentials === undefined || !(await check(credentials))) return 401;
 */
export function basicCredentials(r: RequestRecord): BasicCredentials | undefined {
  if (!r.state.has(decoded)) r.state.set(decoded, decode(r.headersIn.get('Authorization')));
  return r.state.get(decoded);
}

function decode(header: string | undefined): BasicCredentials | undefined {
  const encoded = header === undefined ? null : /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header);
  if (encoded === null) return undefined;
  const bytes = Buffer.from(encoded[1]!, 'base64');
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString();
  const colon = text.indexOf(':');
  // oxlint-disable-next-line no-control-regex -- they are what must not be there
  if (colon < 0 || /[\0-\x1f\x7f]/.test(text)) return undefined;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
