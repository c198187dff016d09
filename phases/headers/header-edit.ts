import type { DirectiveSite } from '../../core/config/directive.ts';
import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import { compileRegularExpression } from '../../core/regular-expression.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { fullType } from '../../core/response-head.ts';
import { Table } from '../../core/table.ts';
import { isThenable } from '../../core/thenable.ts';
import { type HeaderAction, headerActions } from './header-actions.ts';
import { type HeaderValue, parseHeaderValue } from './header-value.ts';

/** The headers that an edit works on: the request's, those of a success, or those of every response. */
export type EditedHeaders = 'request' | 'onsuccess' | 'always';

/** One line of Header or RequestHeader. */
export interface HeaderEdit {
  readonly headers: EditedHeaders;
  /** Before any other phase instead of after all of them. */
  readonly early: boolean;
  apply(r: RequestRecord): void | Promise<void>;
}

/** Reads `action header [value [replacement]] [early | env=… | expr=…]`. Throws an Error, also through `site`. */
export function parseHeaderEdit(words: readonly string[], headers: EditedHeaders, site: DirectiveSite): HeaderEdit {
  const [actionName = '', field = '', ...rest] = words;
  const action = headerActions.get(actionName.toLowerCase());
  if (action === undefined || (action.responseOnly === true && headers === 'request')) {
    const known = [...headerActions].filter(([, { responseOnly }]) => headers !== 'request' || !responseOnly);
    return site.fail(`${site.name} takes ${known.map(([name]) => name).join(', ')}, not "${actionName}"`);
  }
  const count = { nothing: 0, value: 1, 'pattern and value': 2 }[action.takes];
  if (field === '' || rest.length < count || rest.length > count + 1) {
    const shape = { nothing: '', value: ' value', 'pattern and value': ' pattern replacement' }[action.takes];
    return site.fail(
      `${site.name} ${actionName} is written: ${actionName} header${shape} [early | env=[!]NAME | expr=condition]`,
    );
  }
  const isEcho = actionName.toLowerCase() === 'echo';
  const name = isEcho ? field : field.replace(/:.*$/s, '');
  if (!isEcho && !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return site.fail(`"${name}" can't be the name of a header`);
  const pattern = patternOf(actionName.toLowerCase(), field, rest[0] ?? '');
  const value: HeaderValue = count === 0 ? () => '' : parseHeaderValue(rest[count - 1]!, site);
  const clause = rest[count];
  const early = clause?.toLowerCase() === 'early';
  if (early && site.context !== 'server config' && site.context !== 'virtual host') {
    return site.fail(
      `early comes before any section is known, so it is not allowed in ${site.context} context; put the line at the top`,
    );
  }
  const condition = early || clause === undefined ? undefined : parseClause(clause, site);
  const change = (r: RequestRecord): Evaluated<void> =>
    whenReady(value(r), (text) => changeFields(r, headers, action, { name, pattern }, text));
  return {
    headers,
    early,
    apply(r) {
      if (condition === undefined) return change(r);
      return whenReady(condition(r), (holds) => (holds ? change(r) : undefined));
    },
  };
}

/** Applies the edits that `isDue` picks, in order. */
export function applyEdits(
  r: RequestRecord,
  edits: readonly HeaderEdit[],
  isDue: (edit: HeaderEdit) => boolean,
  from = 0,
): void | Promise<void> {
  for (let at = from; at < edits.length; at++) {
    const done = isDue(edits[at]!) ? edits[at]!.apply(r) : undefined;
    if (isThenable(done)) return done.then(() => applyEdits(r, edits, isDue, at + 1));
  }
}

function patternOf(action: string, field: string, first: string): RegExp | undefined {
  if (action === 'echo') return compileRegularExpression(field, 'i');
  if (action === 'edit') return compileRegularExpression(first);
  return action === 'edit*' ? compileRegularExpression(first, 'g') : undefined;
}

function parseClause(clause: string, site: DirectiveSite): (r: RequestRecord) => Evaluated<boolean> {
  const [, kind, text = ''] = /^(env=!?|expr=)(.+)$/is.exec(clause) ?? [];
  switch (kind?.toLowerCase()) {
    case 'env=':
      return (r) => r.hasEnv && r.env.has(text);
    case 'env=!':
      return (r) => !r.hasEnv || !r.env.has(text);
    case 'expr=': {
      const condition = site.parseCondition(text);
      return (r) => condition.evaluate(r);
    }
    default:
      return site.fail(
        `the last word of ${site.name} is early, env=NAME, env=!NAME or expr=condition, not "${clause}"`,
      );
  }
}

/** Headers that the record has as members of its own; a response has one of each, whichever table an edit names. */
const contentMembers: ReadonlyMap<
  string,
  { read(r: RequestRecord): string | undefined; write(r: RequestRecord, value: string | undefined): void }
> = new Map([
  [
    'content-type',
    {
      read: (r) => (r.contentType === undefined ? undefined : fullType(r)),
      write(r, value) {
        r.contentType = value;
        r.charset = undefined;
      },
    },
  ],
  ['content-encoding', { read: (r) => r.contentEncoding, write: (r, value) => void (r.contentEncoding = value) }],
  [
    'content-language',
    {
      read: (r) => (r.contentLanguages.length === 0 ? undefined : r.contentLanguages.join(', ')),
      write: (r, value) => void (r.contentLanguages = value === undefined ? [] : value.split(/ *, */)),
    },
  ],
]);

function changeFields(
  r: RequestRecord,
  headers: EditedHeaders,
  action: HeaderAction,
  change: { readonly name: string; readonly pattern: RegExp | undefined },
  value: string,
): void {
  if (headers === 'request') return action.apply(r.headersIn, change, value, r);
  const member = contentMembers.get(change.name.toLowerCase());
  if (member === undefined)
    return action.apply(headers === 'always' ? r.errHeadersOut : r.headersOut, change, value, r);
  const current = r.headersOut.get(change.name) ?? member.read(r);
  const fields = new Table(current === undefined ? [] : [change.name, current]);
  action.apply(fields, change, value, r);
  r.headersOut.delete(change.name);
  member.write(r, fields.getAll(change.name).at(-1));
}
