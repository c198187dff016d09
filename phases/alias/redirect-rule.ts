import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { TextExpression } from '../../core/expression/text-expression.ts';
import { escapePath } from '../../core/escape-path.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { ErrorStatus } from '../../core/verdict.ts';
import { ownUrl } from '../own-url.ts';
import { isRedirectStatus } from '../redirect-status.ts';
import { compileTarget, escapeTarget, isTarget, withQuery } from './redirect-target.ts';

/** One line of Redirect or its kin. */
export interface RedirectRule {
  /** The status to answer with, with its Location set; undefined where the line doesn't fit. */
  answer(r: RequestRecord): Evaluated<ErrorStatus | undefined>;
}

/** A path and all that is below it; what follows the path goes behind the target. */
export function prefixRedirect(prefix: string, status: ErrorStatus, target = ''): RedirectRule {
  const path = prefix.replace(/\/{2,}/g, '/');
  // What follows `/` must not become part of the host's name.
  const start = path.endsWith('/') && /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+$/i.test(target) ? `${target}/` : target;
  return {
    answer(r) {
      const { uri } = r;
      if (!uri.startsWith(path)) return undefined;
      if (!path.endsWith('/') && uri.length > path.length && uri.charAt(path.length) !== '/') return undefined;
      return send(r, status, start + escapePath(uri.slice(path.length)));
    },
  };
}

/** All paths that the expression matches; its groups are `$1` to `$9` in the target. */
export function expressionRedirect(expression: RegExp, status: ErrorStatus, target = ''): RedirectRule {
  const location = compileTarget(target);
  return {
    answer(r) {
      const found = expression.exec(r.uri);
      return found === null ? undefined : send(r, status, location(found));
    },
  };
}

/** All requests of the section that the line stands in. */
export function sectionRedirect(status: ErrorStatus, target: TextExpression | undefined): RedirectRule {
  return {
    answer: (r) =>
      target === undefined ? status : whenReady(target.evaluate(r), (text) => send(r, status, escapeTarget(text))),
  };
}

function send(r: RequestRecord, status: ErrorStatus, target: string): ErrorStatus {
  if (!isRedirectStatus(status)) return status;
  if (!isTarget(target)) {
    r.log(`${r.uri} can't be redirected to "${target}": it is neither a URL nor a path of this server`);
    return 500;
  }
  const location = withQuery(target, r.args);
  r.headersOut.set('Location', location.startsWith('/') ? ownUrl(r, location, r.config.redirectRelative) : location);
  return status;
}
