import type { RequestRecord } from '../../core/request-record.ts';
import { OK, type Verdict } from '../../core/verdict.ts';
import { clearSession, readSession } from '../session/session-cookie.ts';
import { logIn, redirect, refuse } from './authenticate.ts';
import { readCredentials } from './form-credentials.ts';

/** `form-login-handler`: what a login form on a page of its own is posted to. */
export async function loginHandler(r: RequestRecord): Promise<Verdict> {
  if (r.method !== 'POST') {
    r.allowed = ['POST'];
    return 405;
  }
  if (r.config.authName === undefined) throw new Error('form-login-handler needs an AuthName, but there is none');
  const credentials = await readCredentials(r);
  if (credentials === undefined || (await logIn(r, credentials)) !== OK) return refuse(r);
  if (credentials.location !== undefined) return r.redirect(credentials.location);
  const { authFormLoginSuccessLocation: page } = r.config;
  return page === undefined ? OK : redirect(r, page);
}

/** `form-logout-handler`: whoever comes here is logged out. */
export function logoutHandler(r: RequestRecord): Verdict | Promise<Verdict> {
  clearSession(r);
  const { authFormLogoutLocation: page } = r.config;
  // After a POST the page is fetched by GET.
  return page === undefined ? OK : redirect(r, page, 303);
}

/** `form-redirect-handler`: a start page, from where those who are logged in go on, and others to the login page. */
export function redirectHandler(r: RequestRecord): Verdict | Promise<Verdict> {
  const { authFormLoginSuccessLocation: page, authName } = r.config;
  if (readSession(r)?.realm !== authName || authName === undefined) return refuse(r);
  return page === undefined ? OK : redirect(r, page);
}
