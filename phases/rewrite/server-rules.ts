import { statSync } from 'node:fs';
import { posix } from 'node:path';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import { statOrNothing } from '../../core/expression/stat-or-nothing.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { ownUrl } from '../own-url.ts';
import { answerWith } from './answer-with.ts';
import { applyRules } from './apply-rules.ts';
import { hasEnded } from './remembered.ts';
import { RuleRun } from './rule-run.ts';
import { isBroken, refuseQuery, sendRedirect } from './send-redirect.ts';

/** The rules of the server: URL path to file, to another URL path or to a redirect. */
export function applyServerRules(r: RequestRecord): Evaluated<Verdict> {
  const { server, folder } = r.config.rewriteRule;
  // A virtual host without a line of its own has no rules, but for those that it inherits.
  if (server === undefined || server.isVirtual !== r.server.isVirtual || hasEnded(r)) return DECLINED;
  if (r.uri === '*' && folder?.options?.has('allowanyuri') !== true) return DECLINED;
  setScriptVariables(r);
  const run = new RuleRun(r, r.uri, server);
  return whenReady(applyRules(run, server.rules), () => conclude(run));
}

function conclude(run: RuleRun): Verdict {
  const { r } = run;
  if (run.answer !== undefined) return answerWith(r, run.answer);
  if (!run.isChanged) {
    run.trace('trace1', `${run.path} is left as it is`);
    return DECLINED;
  }
  if (run.redirect !== undefined) return sendRedirect(run, run.redirect);
  if (r.args !== undefined && r.args !== run.query && isBroken(r.args)) return refuseQuery(run);
  if (run.isPassedThrough) {
    run.trace('trace1', `${run.path} is the URL path from now on`);
    r.uri = run.path;
    return DECLINED;
  }
  const file = fileOf(run);
  if (file === undefined) return 403;
  r.filename = file;
  run.trace('trace1', `${r.uri} is the file ${file}`);
  return OK;
}

/** With dot segments resolved, for sections are matched by the names of folders; undefined above the document root. */
function fileOf(run: RuleRun): string | undefined {
  const root = run.r.config.documentRoot;
  if (root === undefined || root === '/' || isFilePath(run)) return posix.normalize(run.path);
  const file = posix.normalize(root + run.path);
  return file === root || file.startsWith(`${root}/`) ? file : undefined;
}

/** A path whose first name exists at the root of the file system is a file's, else it is one of the URL space. */
function isFilePath({ path, filesAllowed, r }: RuleRun): boolean {
  const isAllowed = filesAllowed === 'all' || (filesAllowed === 'own' && path.startsWith(`${r.config.documentRoot}/`));
  const [, first] = /^\/*([^/]*)/.exec(path)!;
  return isAllowed && statOrNothing(statSync, `/${first}`) !== undefined;
}

/** SCRIPT_URL and SCRIPT_URI: what the client has asked for, whatever becomes of it. */
function setScriptVariables(r: RequestRecord): void {
  const path = (r.main?.env.get('SCRIPT_URL') ?? r.env.get('REDIRECT_SCRIPT_URL')) || r.uri;
  r.env.set('SCRIPT_URL', path);
  r.env.set('SCRIPT_URI', ownUrl(r, path, false));
}
