import type { Entry } from './entries.ts';
import type { IndexOrder } from './index-directives.ts';
import type { IndexFlag } from './index-options.ts';
import { compareNaturally } from './natural-order.ts';

type Comparison = (a: Entry, b: Entry) => number;

const byColumn: Readonly<Record<IndexOrder['key'], Comparison>> = {
  N: () => 0,
  M: (a, b) => a.modified - b.modified,
  S: (a, b) => a.size - b.size,
  D: (a, b) => compareBytes(a.description ?? '', b.description ?? ''),
};

/** The order of a listing: by the column, and by name where that doesn't decide; folders first where the flags say so. */
export function entryOrder({ key, descending }: IndexOrder, flags: ReadonlySet<IndexFlag>): Comparison {
  const sign = descending ? -1 : 1;
  // A plain list has no other columns, and makes nothing of folders.
  const isFancy = flags.has('FancyIndexing');
  const column = byColumn[isFancy ? key : 'N'];
  const names = nameOrder(flags);
  const foldersFirst = isFancy && flags.has('FoldersFirst');
  return (a, b) => {
    if (foldersFirst && a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1;
    return sign * (column(a, b) || names(a.name, b.name));
  };
}

function nameOrder(flags: ReadonlySet<IndexFlag>): (a: string, b: string) => number {
  const folds = flags.has('IgnoreCase');
  const versions = flags.has('VersionSort');
  return (a, b) => {
    const counted = !versions ? 0 : folds ? compareNaturally(upper(a), upper(b)) : compareNaturally(a, b);
    return counted || (folds ? compareBytes(lower(a), lower(b)) : 0) || compareBytes(a, b);
  };
}

function upper(name: string): string {
  return name.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function lower(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** By code points, which is the order of the bytes in UTF-8. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
