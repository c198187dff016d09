import type { RequestRecord } from '../../core/request-record.ts';
import type { RuleRun } from './rule-run.ts';

/** Sets the cookie that the flag CO describes: name, value, domain, minutes, path, secure, HttpOnly, SameSite. */
export function setCookie(run: RuleRun, text: string): void {
  const parts = (text.startsWith(';') ? text.slice(1).split(';') : text.split(':')).filter((part) => part !== '');
  const [name, value, domain, minutes, path = '/', secure = '', httpOnly = '', sameSite = '0'] = parts;
  if (name === undefined || value === undefined || domain === undefined) return;
  const r = outermost(run.r);
  const note = `rewrite-cookie-${name}`;
  if (r.notes.has(note)) return run.trace('trace5', `cookie ${name} has been set already`);
  r.notes.set(note, 'set');
  const lifetime = Number.parseInt(minutes ?? '0', 10) || 0;
  const cookie = [
    `${name}=${value}`,
    `path=${path}`,
    `domain=${domain}`,
    ...(lifetime === 0 ? [] : [`expires=${expiry(r.requestTime + lifetime * 60_000)}`]),
    ...(/^(?:true|1|secure)$/i.test(secure) ? ['secure'] : []),
    ...(/^(?:true|1|httponly)$/i.test(httpOnly) ? ['HttpOnly'] : []),
    ...(/^(?:0|false)$/i.test(sameSite) ? [] : [`SameSite=${sameSite}`]),
  ].join('; ');
  r.errHeadersOut.append('Set-Cookie', cookie);
  run.trace('trace5', `cookie: ${cookie}`);
}

function outermost(r: RequestRecord): RequestRecord {
  let at = r;
  while (at.main !== undefined) at = at.main;
  return at;
}

/** `Sat, 02-Jan-2027 03:04:05 GMT`, as old clients want it. */
function expiry(time: number): string {
  return new Date(time).toUTCString().replace(/(\d\d) (\w{3}) (\d{4})/, '$1-$2-$3');
}
