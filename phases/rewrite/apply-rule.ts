import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import { ownUrl } from '../own-url.ts';
import { mayHaveQuery, ownPath, schemeLength } from './absolute-uri.ts';
import { haveEffects } from './effects.ts';
import { remember } from './remembered.ts';
import type { RewriteRule } from './rewrite-rule.ts';
import type { RuleRun } from './rule-run.ts';

/** Does what a rule says whose pattern and conditions are met. */
export function applyRule(run: RuleRun, rule: RewriteRule): Evaluated<void> {
  run.forgetQuestionMarks();
  return whenReady(rule.substitution?.read(run), (result) =>
    whenReady(haveEffects(run, rule.effects), () => take(run, rule, result)),
  );
}

function take(run: RuleRun, rule: RewriteRule, result: string | undefined): Evaluated<void> {
  const { flags } = rule;
  if (result !== undefined && !substitute(run, rule, result)) return;
  if (flags.passThrough) run.isPassedThrough = true;
  if (flags.end) remember(run.r, 'end', 'yes');
  if (flags.answer !== undefined) {
    run.trace('trace2', `${run.path} is answered with ${flags.answer}`);
    run.answer = flags.answer;
  }
  return forceTypeAndHandler(run, rule);
}

/** Takes a substitution's result over; false where that is the end of the matter. */
function substitute(run: RuleRun, { flags, mayNameFile, text }: RewriteRule, result: string): boolean {
  const { r } = run;
  run.trace('trace2', `"${run.subject}" becomes "${result}"`);
  const mark = flags.lastQuestionMark ? run.lastQuestionMark : run.firstQuestionMark;
  if (mark === 'foreign' && !flags.unsafeAllow3F) {
    r.log(
      `the RewriteRule ${text} takes a query from where the question mark is not its own; UnsafeAllow3F permits that`,
      'error',
      'rewrite',
    );
    run.answer = 403;
    return false;
  }
  run.isChanged = true;
  run.isVerbatim = flags.noEscape;
  run.filesAllowed = mayNameFile ? 'all' : 'own';
  run.path = result;
  if (run.prefix !== undefined && flags.discardPathInfo) r.pathInfo = '';
  splitQuery(run, flags);
  if (!run.path.startsWith('/') && schemeLength(run.path) === 0) {
    run.path = (run.prefix ?? '/') + run.path;
    run.trace('trace3', `made whole: ${run.path}`);
  }
  run.ownOrigin = undefined;
  if (flags.redirect !== undefined) {
    run.redirect = flags.redirect;
    if (schemeLength(run.path) === 0) qualify(run);
    run.trace('trace2', `${run.path} is sent to the client as a redirect`);
    return true;
  }
  const own = schemeLength(run.path) === 0 ? undefined : ownPath(run.path, r);
  if (own !== undefined) {
    run.trace('trace3', `${run.path} is ${own} of this server`);
    run.path = own;
    if (!run.options.has('legacyprefixdocroot')) run.filesAllowed = 'none';
  }
  run.redirect = schemeLength(run.path) === 0 ? undefined : 302;
  return true;
}

/** From now on the path is a whole URL, also for the rules that follow. */
function qualify(run: RuleRun): void {
  run.ownOrigin = ownUrl(run.r, '/', false).slice(0, -1);
  run.path = run.ownOrigin + run.path;
}

/** A query in the result replaces that of the request, or stands before it. */
function splitQuery(run: RuleRun, flags: RewriteRule['flags']): void {
  const { r } = run;
  if (!mayHaveQuery(run.path)) {
    r.args = undefined;
    return;
  }
  if (flags.discardQuery) r.args = undefined;
  const mark = flags.lastQuestionMark ? run.path.lastIndexOf('?') : run.path.indexOf('?');
  if (mark < 0) return;
  const query = run.path.slice(mark + 1);
  run.path = run.path.slice(0, mark);
  if (!flags.appendQuery) r.args = query;
  else if (query !== '') r.args = `${query}&${r.args ?? ''}`;
  if (r.args !== undefined) r.args = r.args.replace(/&$/, '') || undefined;
  run.trace('trace3', `path ${run.path}, query ${r.args ?? 'none'}`);
}

function forceTypeAndHandler(run: RuleRun, { type, handler }: RewriteRule): Evaluated<void> {
  if (run.redirect !== undefined || (type === undefined && handler === undefined)) return;
  return whenReady(type?.read(run) ?? '', (typeName) => {
    if (typeName !== '') remember(run.r, 'type', typeName.toLowerCase());
    return whenReady(handler?.read(run) ?? '', (handlerName) => {
      if (handlerName !== '') remember(run.r, 'handler', handlerName.toLowerCase());
    });
  });
}
