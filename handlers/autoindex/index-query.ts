import { compileWildcard } from '../../core/wildcard.ts';
import { escapeName } from './escape-name.ts';
import type { IndexOrder, SortKey } from './index-directives.ts';
import type { IndexFlag } from './index-options.ts';

/** What the client asks of a listing: its order, its form, and which names are in it. */
export interface IndexQuery {
  readonly order: IndexOrder;
  readonly flags: ReadonlySet<IndexFlag>;
  /** Asked for one of Apache's forms. */
  readonly hasForm: boolean;
  readonly pattern: ((name: string) => boolean) | undefined;
  /** What links of the page hand on of the query, as it is written in a URL. */
  readonly handedOn: string;
}

const knownValues = new Map([
  ['C', /^[NMSD]$/],
  ['O', /^[AD]$/],
  ['F', /^[012]$/],
  ['V', /^[01]$/],
  ['P', /./],
]);

/**
 * Reads `C=M;O=D;F=2;V=1;P=*.txt`: column, order, form, natural order, pattern. What follows a part that is no good doesn't
 * count.
 */
export function readIndexQuery(args: string | undefined, usual: IndexOrder, given: ReadonlySet<IndexFlag>): IndexQuery {
  const flags = new Set(given);
  let { key, descending } = usual;
  let form: string | undefined;
  let versions: string | undefined;
  let pattern: string | undefined;
  for (const part of (flags.has('IgnoreClient') ? '' : (args ?? '')).split(/[&;]/)) {
    const name = part.charAt(0);
    const value = part.slice(2);
    if (part.charAt(1) !== '=' || knownValues.get(name)?.test(value) !== true) break;
    if (name === 'C') key = value as SortKey;
    else if (name === 'O') descending = value === 'D';
    else if (name === 'F') form = value;
    else if (name === 'V') versions = value;
    else pattern = value;
  }
  if (form !== undefined) setFlags(flags, { FancyIndexing: form !== '0', HTMLTable: form === '2' });
  if (versions !== undefined) setFlags(flags, { VersionSort: versions === '1' });
  const decoded = pattern === undefined ? undefined : decode(pattern);
  return {
    order: { key, descending },
    flags,
    hasForm: form !== undefined,
    pattern: decoded === undefined ? undefined : compileWildcard(decoded),
    handedOn: [
      form === undefined ? '' : `;F=${form}`,
      versions === undefined ? '' : `;V=${versions}`,
      decoded === undefined ? '' : `;P=${escapeName(decoded).replace(/[&;]/g, encodeURIComponent)}`,
    ].join(''),
  };
}

function setFlags(flags: Set<IndexFlag>, changes: Partial<Record<IndexFlag, boolean>>): void {
  for (const [flag, isOn] of Object.entries(changes)) {
    if (isOn) flags.add(flag as IndexFlag);
    else flags.delete(flag as IndexFlag);
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
