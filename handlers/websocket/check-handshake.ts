import type { RequestRecord } from '../../core/request-record.ts';
import { wantsUpgrade } from '../../core/upgrade.ts';
import { httpError } from '../../core/verdict.ts';

const key = /^[+/0-9a-z]{22}==$/i;
const tokens = /^[!#$%&'*+\-.^_`|~\w]+(?:[\t ]*,[\t ]*[!#$%&'*+\-.^_`|~\w]+)*$/;

/** Throws the answer that a handshake gets which is none, or which the origins allowed forbid; RFC 6455 §4.2. */
export function checkHandshake(r: RequestRecord, origins: readonly string[]): void {
  // Others get a 426 by `takeOver`.
  if (!wantsUpgrade(r, 'websocket')) return;
  if (r.method !== 'GET') {
    r.allowed = ['GET'];
    throw httpError(405, 'a WebSocket begins with GET');
  }
  if (r.headersIn.get('Sec-WebSocket-Version') !== '13') {
    r.errHeadersOut.set('Sec-WebSocket-Version', '13');
    throw httpError(426, 'the version of the WebSocket is not 13');
  }
  if (!key.test(r.headersIn.get('Sec-WebSocket-Key') ?? '')) throw httpError(400, 'Sec-WebSocket-Key is no key');
  const offered = r.headersIn.get('Sec-WebSocket-Protocol');
  if (offered !== undefined && !tokens.test(offered))
    throw httpError(400, 'Sec-WebSocket-Protocol is no list of names');
  const origin = r.headersIn.get('Origin');
  if (origin !== undefined && !mayConnect(origin, r.headersIn.get('Host'), origins)) {
    throw httpError(403, `pages of ${origin} may not open this WebSocket; WebSocketOrigin names those that may`);
  }
}

/** The scheme of the page isn't compared: a server in front may have ended TLS. */
function mayConnect(origin: string, host: string | undefined, origins: readonly string[]): boolean {
  if (origins.includes('*') || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
