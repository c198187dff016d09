import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { filterOverride } from './override.ts';

/** What the head of a response must say once a filter is at work. */
export interface FilterProtocol {
  /** Whether ETag and digests are those of another body, and whether the length is. */
  readonly changes: boolean;
  readonly changesLength: boolean;
  readonly noRanges: boolean;
  readonly noCache: boolean;
}

/** By name of the filter, and `filter provider` for one of its providers; in lower case. */
export type FilterProtocols = ReadonlyMap<string, FilterProtocol>;

const plain: FilterProtocol = { changes: false, changesLength: false, noRanges: false, noCache: false };

const flags: Readonly<Record<string, Partial<FilterProtocol>>> = {
  'change=yes': { changes: true, changesLength: true },
  'change=1:1': { changes: true, changesLength: false },
  'change=no': { changes: false, changesLength: false },
  'byteranges=no': { noRanges: true },
  'cache=no': { noCache: true },
  // About responses of other servers; there are none.
  'proxy=no': {},
  'proxy=transform': {},
};

export const filterProtocolDirective: DirectiveDeclaration<FilterProtocols> = {
  ...filterOverride,
  takes: 'twoOrThree',
  usage: 'filter [provider] "change=yes|1:1|no byteranges=no cache=no proxy=no|transform"',
  help: 'What the head of a response says once a smart filter, or one of its providers, is at work.',
  default: new Map(),
  parse(words, site) {
    const [filter = '', provider] = words;
    const text = words.at(-1)!;
    site.useName(filter, 'smart filter');
    if (words.length === 3) site.useName(provider!, 'output filter');
    const key = words.length === 3 ? `${filter} ${provider}` : filter;
    return new Map([[key.toLowerCase(), parseFlags(text, site)]]);
  },
  combine: (earlier, later) => new Map([...earlier, ...later]),
  merge: (outer, inner) => new Map([...outer, ...inner]),
};

/** Whether the Range header must be hidden from everybody before the content is made. */
export function hidesRange(r: RequestRecord, filter: string): boolean {
  const protocol = r.config.filterProtocol.get(filter.toLowerCase());
  return protocol !== undefined && (protocol.noRanges || protocol.changesLength);
}

/** Corrects the head as the filter and its provider were declared. */
export function applyProtocol(r: RequestRecord, filter: string, provider: string): void {
  const protocols = r.config.filterProtocol;
  if (protocols.size === 0) return;
  const name = filter.toLowerCase();
  const protocol = protocols.get(`${name} ${provider.toLowerCase()}`) ?? protocols.get(name);
  if (protocol === undefined) return;
  const headers = r.headersOut;
  if (protocol.changes) for (const stale of ['Content-MD5', 'ETag']) headers.delete(stale);
  if (protocol.changesLength) headers.delete('Content-Length');
  if (protocol.noCache) {
    headers.delete('Last-Modified');
    headers.append('Cache-Control', 'no-cache');
  }
  if (protocol.noRanges) headers.set('Accept-Ranges', 'none');
}

function parseFlags(text: string, site: DirectiveSite): FilterProtocol {
  let protocol = plain;
  for (const word of text.toLowerCase().split(/[;,\s]+/)) {
    if (word === '') continue;
    const flag = Object.hasOwn(flags, word) ? flags[word] : undefined;
    if (flag === undefined) site.fail(`FilterProtocol knows no "${word}"${didYouMean(word, Object.keys(flags))}`);
    protocol = { ...protocol, ...flag };
  }
  return protocol;
}
