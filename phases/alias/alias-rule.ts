import type { TextExpression } from '../../core/expression/text-expression.ts';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { withoutDotSegments } from '../dot-segments.ts';
import { substituteGroups } from '../substitute-groups.ts';

/** One line of Alias, AliasMatch or their script forms. */
export interface AliasRule {
  /** Maps the request to its file where the rule fits; gives whether it does. Throws a 403 for a file outside of the folder. */
  apply(r: RequestRecord): Evaluated<boolean>;
}

/** `/a` stands for itself and what is below it, `/a/` only for what is below; `/ab` is something else. */
export function prefixRule(prefix: string, folder: string, handler: string | undefined): AliasRule {
  const bare = prefix.replace(/\/+$/, '').replace(/\/{2,}/g, '/');
  const onlyBelow = prefix.endsWith('/');
  const base = folder === '/' ? '' : folder;
  return {
    apply(r) {
      const { uri } = r;
      if (!uri.startsWith(bare)) return false;
      const next = uri.charAt(bare.length);
      if (next !== '/' && (next !== '' || onlyBelow)) return false;
      map(r, base + uri.slice(bare.length), prefix, folder, handler);
      return true;
    },
  };
}

/** `$1` to `$9` in the target are the groups of the expression, `$0` is all that it matched. */
export function expressionRule(expression: RegExp, target: string, handler: string | undefined): AliasRule {
  const literal = target.replace(/[\\$].*$/s, '');
  const folder = literal === target ? target : literal.slice(0, literal.lastIndexOf('/')) || '/';
  return {
    apply(r) {
      const found = expression.exec(r.uri);
      if (found === null) return false;
      map(r, withoutDotSegments(substituteGroups(target, found)), '', folder, handler);
      return true;
    },
  };
}

/** The form in a section: all that the section matches is one file, or what the path goes on with is below it. */
export function sectionRule(
  text: TextExpression,
  resolve: (path: string) => string,
  section: string | undefined,
  handler: string | undefined,
): AliasRule {
  const fixed = text.constant === undefined ? undefined : resolve(text.constant);
  const mapBelow = (r: RequestRecord, folder: string): boolean => {
    const rest = r.config.aliasPreservePath && section !== undefined ? r.uri.slice(section.length) : '';
    map(r, withoutDotSegments(folder + rest), section ?? '', folder, handler);
    return true;
  };
  return {
    apply: (r) =>
      fixed === undefined
        ? // A value of the request may begin with `../` as well.
          whenReady(text.evaluate(r), (path) => mapBelow(r, resolve(withoutDotSegments(path))))
        : mapBelow(r, fixed),
  };
}

function map(r: RequestRecord, filename: string, prefix: string, folder: string, handler: string | undefined): void {
  r.filename = filename;
  r.contextPrefix = prefix;
  r.contextDocumentRoot = folder;
  if (handler !== undefined) r.handler = handler;
}
