import type { RequestRecord } from '../../core/request-record.ts';
import { httpError } from '../../core/verdict.ts';

/** What a login form sends. */
export interface FormCredentials {
  readonly user: string;
  readonly password: string;
  /** Where the client wants to go afterwards, if that is a page of this server. */
  readonly location: string | undefined;
}

/**
 * Reads a posted login form; undefined where it lacks the user or the password. Throws a 403 for a form that another site
 * posts, which would log somebody in under a foreign name, and a 413 for one that is larger than AuthFormSize.
 */
export async function readCredentials(r: RequestRecord): Promise<FormCredentials | undefined> {
  const { config } = r;
  if (!isForm(r)) return undefined;
  if (isFromElsewhere(r)) throw httpError(403, 'the login form was posted by another site');
  const size = r.headersIn.get('Content-Length');
  if (size === undefined) throw httpError(411, 'a login form needs a Content-Length');
  if (Number(size) > config.authFormSize) throw httpError(413, `the login form is larger than AuthFormSize`);
  const form = await r.form();
  const user = form.get(config.authFormUsername);
  const password = form.get(config.authFormPassword);
  if (user === undefined || password === undefined || user === '') return undefined;
  return { user, password, location: localPath(form.get(config.authFormLocation)) };
}

/** Whether a request may carry a login. */
export function isForm(r: RequestRecord): boolean {
  const type = r.headersIn.get('Content-Type') ?? '';
  return r.method === 'POST' && /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
}

/** Browsers say where a form comes from; other clients needn't be tricked. */
function isFromElsewhere(r: RequestRecord): boolean {
  const site = r.headersIn.get('Sec-Fetch-Site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = r.headersIn.get('Origin');
  return origin !== undefined && origin.replace(/^https?:\/\//i, '') !== r.headersIn.get('Host');
}

/** A path of this server and nothing else: `//host` and `/\host` lead to another one. */
function localPath(location: string | undefined): string | undefined {
  return location !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(location) ? location : undefined;
}
