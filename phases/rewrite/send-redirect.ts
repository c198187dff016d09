import type { Verdict } from '../../core/verdict.ts';
import { ownUrl } from '../own-url.ts';
import { escapeAbsoluteUri } from './absolute-uri.ts';
import { escapeUri } from './escape-uri.ts';
import type { RuleRun } from './rule-run.ts';

/** Sends the client to the URL that the rules have made; 403 for one that would break its header. */
export function sendRedirect(run: RuleRun, status: Exclude<Verdict, 0>): Verdict {
  const { r, ownOrigin } = run;
  const path = run.isVerbatim ? run.path : escapeAbsoluteUri(run.path);
  const query = r.args === undefined || isQueryKept(run) ? r.args : escapeUri(r.args);
  if (query !== undefined && isBroken(query)) return refuseQuery(run);
  const url = query === undefined ? path : `${path}?${query}`;
  // A raw line break can't stand in a header, whatever the flag NE says.
  const location = url.replace(/[^\x20-\x7e]/gu, escapeUri);
  run.trace('trace1', `redirect to ${location} with ${status}`);
  r.headersOut.set('Location', ownOrigin === undefined ? location : ownUrl(r, location.slice(ownOrigin.length)));
  return status;
}

/** The query of the request has been escaped by the client. */
function isQueryKept(run: RuleRun): boolean {
  return run.isVerbatim || run.r.args === run.query;
}

/** Spaces and control characters. */
export function isBroken(query: string): boolean {
  return /[\0- \x7f]/.test(query);
}

export function refuseQuery(run: RuleRun): 403 {
  run.r.log(
    'the rules have put spaces or control characters into the query; the flag B escapes them',
    'error',
    'rewrite',
  );
  return 403;
}
