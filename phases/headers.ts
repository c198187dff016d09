import type { Config, Context } from '../core/config/directive.ts';
import type { BrigadeFilter } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, type Verdict } from '../core/verdict.ts';
import { type EditedHeaders, type HeaderEdit, applyEdits, parseHeaderEdit } from './headers/header-edit.ts';

type HeaderInput = string | readonly string[] | readonly (readonly string[])[];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Changes response headers: `set X-Frame-Options DENY`, `always set …` for error pages too. */
    header: Directive<HeaderInput, readonly HeaderEdit[]>;
    /** Changes request headers before content is made: `unset Cookie`. */
    requestHeader: Directive<HeaderInput, readonly HeaderEdit[]>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Changes the headers of requests and responses. */
export const headers = definePlugin({
  name: 'headers',
  aliases: ['mod_headers', 'headers_module'],
  directives: {
    Header: {
      takes: 'any',
      usage:
        '[always | onsuccess] set | append | add | merge | setifempty | unset | echo | note | edit | edit* header [value …] [early | env=[!]NAME | expr=condition]',
      help: 'Changes response headers, those of successful answers or always.',
      contexts: everywhere,
      override: 'FileInfo',
      default: [],
      parse(words, site) {
        const first = words[0]?.toLowerCase();
        const named = first === 'always' || first === 'onsuccess' ? first : undefined;
        return [parseHeaderEdit(named === undefined ? words : words.slice(1), named ?? 'onsuccess', site)];
      },
      combine: (earlier, later) => [...earlier, ...later],
      merge: (outer, inner) => [...outer, ...inner],
    },
    RequestHeader: {
      takes: 'any',
      usage:
        'set | append | add | merge | setifempty | unset | edit | edit* header [value …] [early | env=[!]NAME | expr=condition]',
      help: 'Changes request headers before content is made.',
      contexts: everywhere,
      override: 'FileInfo',
      default: [],
      parse: (words, site) => [parseHeaderEdit(words, 'request', site)],
      combine: (earlier, later) => [...earlier, ...later],
      merge: (outer, inner) => [...outer, ...inner],
    },
  },
  phases: {
    postReadRequest: { order: 'first', handler: editEarly, when: hasEarly },
    fixup: { order: 'last', handler: editRequest, when: ({ requestHeader }) => requestHeader.some(isLate) },
  },
  outputFilters: {
    FIXUP_HEADERS_OUT: editingFilter('onsuccess', 'always'),
    FIXUP_HEADERS_ERR: editingFilter('always'),
  },
  insertFilters: {
    order: 'last',
    when: ({ header }) => header.some(isLate),
    insert(r) {
      // The headers of a subrequest go nowhere.
      if (r.main === undefined) r.addOutputFilter('FIXUP_HEADERS_OUT');
    },
  },
  insertErrorFilters: {
    order: 'last',
    when: ({ header }) => header.some(isLate),
    insert(r) {
      // Not an error: what a 304 says must be what the 200 said.
      r.addOutputFilter(r.status === 304 ? 'FIXUP_HEADERS_OUT' : 'FIXUP_HEADERS_ERR');
    },
  },
});

function isEarly({ early }: HeaderEdit): boolean {
  return early;
}

function isLate({ early }: HeaderEdit): boolean {
  return !early;
}

function hasEarly({ header, requestHeader }: Config): boolean {
  return header.some(isEarly) || requestHeader.some(isEarly);
}

function editEarly(r: RequestRecord): Verdict | Promise<Verdict> {
  return declineAfter(applyEdits(r, [...r.config.requestHeader, ...r.config.header], isEarly));
}

function editRequest(r: RequestRecord): Verdict | Promise<Verdict> {
  return declineAfter(applyEdits(r, r.config.requestHeader, isLate));
}

function declineAfter(edited: void | Promise<void>): Verdict | Promise<Verdict> {
  return isThenable(edited) ? edited.then(() => DECLINED) : DECLINED;
}

/** Edits when the first bucket of the body passes: the handler has said everything by then. */
function editingFilter(...tables: EditedHeaders[]): BrigadeFilter {
  const isDue = (edit: HeaderEdit): boolean => !edit.early && tables.includes(edit.headers);
  return {
    type: 'contentSet',
    changes: 'nothing',
    brigade(brigade, f) {
      f.remove();
      const edited = applyEdits(f.r, f.r.config.header, isDue);
      return isThenable(edited) ? edited.then(() => brigade) : brigade;
    },
  };
}
