import type { MagicLine, NumberKind, Relation, Sought } from './magic-line.ts';

/** What the first group of lines says that fits the bytes: a content type, perhaps an encoding; undefined where none does. */
export function matchMagic(lines: readonly MagicLine[], bytes: Buffer): string | undefined {
  for (let at = 0; at < lines.length;) {
    const end = endOfGroup(lines, at);
    const said = matchGroup(lines.slice(at, end), bytes);
    if (said !== '') return said;
    at = end;
  }
  return undefined;
}

/** A line of level 0, and those of higher levels behind it. */
function endOfGroup(lines: readonly MagicLine[], from: number): number {
  let end = from + 1;
  while (end < lines.length && lines[end]!.level > 0) end++;
  return end;
}

function matchGroup(group: readonly MagicLine[], bytes: Buffer): string {
  const said: string[] = [];
  let reached = 0;
  for (const line of group) {
    if (line.level > reached || !fits(line, bytes)) {
      reached = Math.min(reached, line.level);
      if (line.level === 0) return '';
      continue;
    }
    reached = line.level + 1;
    if (line.says !== '') said.push(line.says);
  }
  return said.join(' ');
}

function fits({ offset, relation, sought }: MagicLine, bytes: Buffer): boolean {
  return sought.kind === 'string'
    ? fitsString(bytes, offset, relation, sought)
    : fitsNumber(bytes, offset, relation, sought);
}

function fitsString(
  bytes: Buffer,
  offset: number,
  relation: Relation,
  { value, ignoreCase }: Extract<Sought, { kind: 'string' }>,
): boolean {
  if (relation === 'x') return true;
  const found = bytes.subarray(offset, offset + value.length);
  if (found.length < value.length) return false;
  const difference = ignoreCase ? compareText(found, value) : found.compare(value);
  return compare(difference, relation);
}

function compareText(a: Buffer, b: Buffer): number {
  return Buffer.from(a.toString('latin1').toLowerCase()).compare(Buffer.from(b.toString('latin1').toLowerCase()));
}

const sizes: Readonly<Record<NumberKind, number>> = { byte: 1, short: 2, long: 4, date: 4 };

function fitsNumber(
  bytes: Buffer,
  offset: number,
  relation: Relation,
  { kind, bigEndian, unsigned, mask, value }: Exclude<Sought, { kind: 'string' }>,
): boolean {
  const size = sizes[kind];
  if (offset + size > bytes.length) return false;
  const bits = size * 8;
  const whole = bigEndian ? bytes.readUIntBE(offset, size) : bytes.readUIntLE(offset, size);
  const found = mask === undefined ? whole : (whole & mask) >>> 0;
  const wanted = Number(BigInt.asUintN(bits, BigInt(value)));
  if (relation === '&') return (found & wanted) >>> 0 === wanted;
  if (relation === '^') return (found & wanted) >>> 0 !== wanted;
  const signed = (number: number): number => (unsigned ? number : Number(BigInt.asIntN(bits, BigInt(number))));
  return compare(signed(found) - signed(wanted), relation);
}

function compare(difference: number, relation: Relation): boolean {
  switch (relation) {
    case '<':
      return difference < 0;
    case '>':
      return difference > 0;
    case '!':
      return difference !== 0;
    case '=':
      return difference === 0;
    default:
      return true;
  }
}
