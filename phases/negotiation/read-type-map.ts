import { readFileSync } from 'node:fs';
import type { RequestRecord } from '../../core/request-record.ts';
import { codeOf, messageOf } from '../../core/thrown.ts';
import { httpError } from '../../core/verdict.ts';
import { type MapVariant, parseTypeMap } from './type-map.ts';
import { withLengths } from './with-lengths.ts';

/** A type map that was read, and the state of its file at that time. */
interface KnownMap {
  readonly state: string;
  readonly variants: readonly MapVariant[];
}

const known = new Map<string, KnownMap>();
const MEMORY = 1_024;
/** A file that was changed just now may change once more within the clock's tick. */
const SETTLED = 2_000;

/** The variants that the type map `r.filename` lists. Throws a 403 for a file that can't be read, a 500 for nonsense in it. */
export function readTypeMap(r: RequestRecord): readonly MapVariant[] {
  const { filename = '', finfo } = r;
  if (finfo === undefined) throw httpError(404, `there is no type map ${filename}`);
  const state = `${finfo.dev}-${finfo.ino}-${finfo.size}-${finfo.mtimeMs}-${finfo.ctimeMs}`;
  const kept = known.get(filename);
  if (kept?.state === state) return kept.variants;
  const variants = withLengths(parse(read(filename), filename), filename);
  if (Date.now() - finfo.ctimeMs > SETTLED) {
    if (known.size >= MEMORY) known.clear();
    known.set(filename, { state, variants });
  }
  return variants;
}

function read(filename: string): string {
  try {
    return readFileSync(filename, 'latin1');
  } catch (error) {
    throw httpError(codeOf(error) === 'ENOENT' ? 404 : 403, `the type map can't be read: ${messageOf(error)}`);
  }
}

function parse(text: string, filename: string): readonly MapVariant[] {
  try {
    return parseTypeMap(text, filename);
  } catch (error) {
    throw httpError(500, `nonsense in a type map: ${messageOf(error)}`);
  }
}
