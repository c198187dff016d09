import type { RequestRecord } from '../../core/request-record.ts';
import { fileOwner } from '../../phases/authz/file-names.ts';
import { timeText } from './time-text.ts';
import { percentDecode } from './codings.ts';
import { requestVariables } from './request-variables.ts';

/** The variables of a page and of all pages that it includes: the environment, and what is known of the request. */
export class Variables {
  readonly #r: RequestRecord;
  /** What `config timefmt` says; the nested pages have formats of their own, but share what they show. */
  timeFormat: string;

  constructor(r: RequestRecord, timeFormat: string) {
    this.#r = r;
    this.timeFormat = timeFormat;
  }

  get(name: string): string | undefined {
    return this.#r.env.get(name) ?? this.#known(name);
  }

  set(name: string, value: string): void {
    this.#r.env.set(name, value);
  }

  /** From now on the query is that of a page which is included with one, also in the pages around it. */
  setQuery(query: string): void {
    this.set('QUERY_STRING', query);
    this.set('QUERY_STRING_UNESCAPED', readableQuery(query));
  }

  /** All that have a value, the environment first. */
  *entries(): Generator<[name: string, value: string]> {
    yield* this.#r.env;
    for (const name of [...headerVariables(this.#r), ...requestVariables.keys(), ...pageVariables.keys()]) {
      const value = this.#r.env.has(name) ? undefined : this.#known(name);
      if (value !== undefined) yield [name, value];
    }
  }

  #known(name: string): string | undefined {
    const wanted = name.toUpperCase();
    const read = pageVariables.get(wanted);
    if (read !== undefined) return read(this.#r, this.timeFormat);
    const known = requestVariables.get(wanted);
    if (known !== undefined) return known(this.#r);
    return wanted.startsWith('HTTP_') ? headerVariable(this.#r, wanted) : undefined;
  }
}

type ReadVariable = (r: RequestRecord, timeFormat: string) => string | undefined;

/** Those of mod_include. */
const pageVariables: ReadonlyMap<string, ReadVariable> = new Map<string, ReadVariable>([
  ['DATE_LOCAL', (r, format) => timeText(format, r.requestTime, 'local')],
  ['DATE_GMT', (r, format) => timeText(format, r.requestTime, 'GMT')],
  ['LAST_MODIFIED', (r, format) => timeText(format, r.finfo?.mtimeMs ?? 0, 'local')],
  ['DOCUMENT_URI', (r) => r.uri],
  ['DOCUMENT_ARGS', (r) => r.args ?? ''],
  ['DOCUMENT_PATH_INFO', (r) => r.pathInfo || undefined],
  ['USER_NAME', (r) => fileOwner(r) ?? '<unknown>'],
  ['DOCUMENT_NAME', (r) => r.filename?.slice(r.filename.lastIndexOf('/') + 1)],
  ['QUERY_STRING_UNESCAPED', (r) => (r.args === undefined ? undefined : readableQuery(r.args))],
]);

/** Decoded, with a backslash before what a shell would act on. */
function readableQuery(query: string): string {
  return percentDecode(query).replace(/[&;`'"|*?~<>^()[\]{}$\\\n]/g, '\\$&');
}

/** Secrets, and what a client could use to change a program's settings, are no variables. */
const hiddenHeaders: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'proxy']);
const namedHeaders: ReadonlySet<string> = new Set(['content-type', 'content-length']);

function headerVariable(r: RequestRecord, wanted: string): string | undefined {
  for (const [name, value] of r.headersIn) if (variableOf(name) === wanted) return value;
  return undefined;
}

function headerVariables(r: RequestRecord): string[] {
  return Array.from(r.headersIn, ([name]) => variableOf(name)).filter((name) => name !== undefined);
}

function variableOf(header: string): string | undefined {
  const name = header.toLowerCase();
  if (hiddenHeaders.has(name) || namedHeaders.has(name)) return undefined;
  return `HTTP_${name.toUpperCase().replace(/[^A-Z\d]/g, '_')}`;
}
