import { type Evaluated, isPending, whenReady } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, DONE, OK, type Verdict } from '../../core/verdict.ts';
import { answerWith } from './answer-with.ts';
import { applyRules } from './apply-rules.ts';
import { redirectHandler } from './redirect-handler.ts';
import { hasEnded, recall, remember } from './remembered.ts';
import type { RuleSet } from './rewrite-config.ts';
import { RuleRun } from './rule-run.ts';
import { isBroken, refuseQuery, sendRedirect } from './send-redirect.ts';

/** The rules of a folder: what was found becomes another URL of this server, or a redirect. */
export function applyFolderRules(r: RequestRecord): Evaluated<Verdict> {
  const { folder } = r.config.rewriteRule;
  if (folder?.prefix === undefined || isFolderItself(r, folder) || hasEnded(r)) return DECLINED;
  const run = new RuleRun(r, r.filename ?? r.uri, folder);
  const found = run.path;
  return whenReady(applyRules(run, folder.rules), () => conclude(run, found));
}

/** `/folder` without its slash is about to be redirected to `/folder/`. */
function isFolderItself({ filename }: RequestRecord, { options, prefix }: RuleSet): boolean {
  return options?.has('allownoslash') !== true && `${filename}/` === prefix;
}

function conclude(run: RuleRun, found: string): Verdict {
  const { r, prefix = '' } = run;
  if (run.answer !== undefined) return answerWith(r, run.answer);
  if (!run.isChanged) {
    run.trace('trace1', `${run.path} is left as it is`);
    return DECLINED;
  }
  if (run.redirect !== undefined) {
    replaceInUrl(run, prefix);
    return sendRedirect(run, run.redirect);
  }
  if (r.args !== undefined && r.args !== run.query && isBroken(r.args)) return refuseQuery(run);
  if (!run.path.startsWith('/')) return 400;
  if (run.path === found) {
    run.trace('trace1', `${found} is what it was before`);
    return OK;
  }
  // The target is read as a URL, and what stands for itself in it must not begin a fragment.
  const uri = urlPathOf(run).replaceAll('#', '%23');
  run.trace('trace1', `internal redirect to ${uri}`);
  remember(r, 'target', r.args === undefined ? uri : `${uri}?${r.args}`);
  r.handler = redirectHandler;
  return OK;
}

/** In a redirect, RewriteBase stands for the folder too. */
function replaceInUrl(run: RuleRun, prefix: string): void {
  if (run.base === undefined) return;
  const url = /^(?<origin>[a-z\d]+:\/\/[^/]*)(?<path>\/.+)$/is.exec(run.path)?.groups;
  if (url !== undefined) run.path = url['origin']! + (replacePrefix(url['path']!, prefix, run.base) ?? url['path']!);
}

/** The URL path of a file: by RewriteBase, the document root, or the alias that led here. */
function urlPathOf({ r, path, prefix = '', base, options }: RuleRun): string {
  const root = r.config.documentRoot?.replace(/\/$/, '');
  const replaced =
    base !== undefined
      ? replacePrefix(path, prefix, base)
      : root !== undefined && path.startsWith(`${root}/`)
        ? path.slice(root.length)
        : undefined;
  if (replaced !== undefined) return replaced;
  const folder = options.has('ignorecontextinfo') ? undefined : r.contextDocumentRoot;
  return (folder === undefined ? undefined : replacePrefix(path, folder, r.contextPrefix)) ?? path;
}

/** `path` with one folder for another; undefined where it isn't below the first. */
function replacePrefix(path: string, folder: string, by: string): string | undefined {
  const bare = folder.replace(/\/$/, '');
  if (!path.startsWith(`${bare}/`)) return undefined;
  return `${by === '' ? '' : by.replace(/\/?$/, '/')}${path.slice(bare.length + 1)}`;
}

/** Last of all fixups: the type and the handler that rules have asked for, then the internal redirect. */
export function finishRewriting(r: RequestRecord): Evaluated<Verdict> {
  r.contentType = recall(r, 'type') ?? r.contentType;
  r.handler = recall(r, 'handler') ?? r.handler;
  // A lookup only says what there is; whoever runs it meets the handler.
  if (recall(r, 'target') === undefined || r.main !== undefined) return DECLINED;
  return redirect(r);
}

/** The content handler `redirect-handler`. */
export function redirect(r: RequestRecord): Evaluated<Verdict> {
  const target = recall(r, 'target');
  if (target === undefined) return DECLINED;
  if (r.hasHeadersOut) for (const value of r.headersOut.getAll('Vary')) r.errHeadersOut.append('Vary', value);
  const done = r.internalRedirect(target);
  return isPending(done as Evaluated<void>) ? (done as Promise<void>).then((): Verdict => DONE) : DONE;
}
