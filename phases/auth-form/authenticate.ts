import { whenReady } from '../../core/expression/evaluated.ts';
import type { TextExpression } from '../../core/expression/text-expression.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { askProviders } from '../authn/ask-providers.ts';
import { readSession, writeSession } from '../session/session-cookie.ts';
import { type FormCredentials, isForm, readCredentials } from './form-credentials.ts';

/** The authenticate phase under AuthType Form. */
export function authenticate(r: RequestRecord): Verdict | Promise<Verdict> {
  const { authName } = r.config;
  if (authName === undefined) {
    r.log(`AuthType Form needs an AuthName, but there is none for ${r.uri}`, 'error');
    return 500;
  }
  const known = readSession(r);
  if (known?.realm === authName) {
    // A session that is used goes on.
    if (known.expires - Date.now() < r.config.sessionMaxAge * 500) writeSession(r, known.user, known.realm);
    r.user = known.user;
    r.authType = 'Form';
    r.headersOut.merge('Cache-Control', r.config.authFormDisableNoStore ? 'private' : 'no-store');
    return OK;
  }
  if (r.config.authFormLoginRequiredLocation === undefined) r.errHeadersOut.merge('Cache-Control', 'no-store');
  return r.isInitial && isForm(r) ? logInHere(r) : refuse(r);
}

/** Checks credentials and begins the session; DECLINED leaves an unknown user to others. */
export async function logIn(
  r: RequestRecord,
  { user, password }: FormCredentials,
): Promise<typeof OK | typeof DECLINED | 401> {
  const { verdict } = await askProviders(r, r.config.authFormProvider, { user, password });
  if (verdict === 'verified') {
    writeSession(r, user, r.config.authName!);
    return OK;
  }
  if (verdict === 'unknown user' && !r.config.authFormAuthoritative) return DECLINED;
  r.log(`user ${user} ${verdict === 'unknown user' ? 'is unknown' : 'gave a wrong password'}: ${r.uri}`, 'info');
  return 401;
}

/** Sends a client that nobody knows to the login page, where there is one. */
export function refuse(r: RequestRecord): Verdict | Promise<Verdict> {
  const { authFormLoginRequiredLocation: page } = r.config;
  return page === undefined ? 401 : redirect(r, page);
}

export function redirect(r: RequestRecord, page: TextExpression, status: 302 | 303 = 302): Verdict | Promise<Verdict> {
  return whenReady(page.evaluate(r), (location) => r.redirect(location, status));
}

/** A login form may be posted to any protected page, which is then asked for anew. */
async function logInHere(r: RequestRecord): Promise<Verdict> {
  const credentials = await readCredentials(r);
  if (credentials === undefined) return refuse(r);
  const verdict = await logIn(r, credentials);
  if (verdict === 401) return refuse(r);
  if (verdict === DECLINED) return DECLINED;
  const { authFormLoginSuccessLocation: page } = r.config;
  if (credentials.location === undefined && page !== undefined) return redirect(r, page);
  return r.redirect(credentials.location ?? r.unparsedUri, 303);
}
