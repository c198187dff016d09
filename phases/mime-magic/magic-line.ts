import { type StringValue, readNumber, readString } from './magic-value.ts';

/** How a line compares what it finds with its value. */
export type Relation = '=' | '!' | '<' | '>' | '&' | '^' | 'x';

export type NumberKind = 'byte' | 'short' | 'long' | 'date';

/** A number, or a string, that a line looks for; `bigEndian` is undefined for the machine's own order. */
export type Sought =
  | {
      readonly kind: NumberKind;
      readonly bigEndian: boolean;
      readonly unsigned: boolean;
      readonly mask: number | undefined;
      readonly value: number;
    }
  | { readonly kind: 'string'; readonly ignoreCase: boolean; readonly value: Buffer };

/** One line of a magic file. */
export interface MagicLine {
  /** How many `>` begin it: it is only looked at where a line of a lower level before it has matched. */
  readonly level: number;
  readonly offset: number;
  readonly relation: Relation;
  readonly sought: Sought;
  /** A content type, and perhaps an encoding; may be empty. */
  readonly says: string;
}

const form =
  /^(?<level>>*)(?<offset>0x[0-9a-f]+|\d+)\s+(?<unsigned>u?)(?<order>be|le)?(?<kind>byte|short|long|date|string)(?<flag>\/c)?(?:&(?<mask>0x[0-9a-f]+|\d+))?\s+(?<relation>x(?=\s|$)|[=!<>&^](?=.)|)/i;

/** Reads one line (`offset type test content-type`). Throws an Error that says what is wrong with it. */
export function parseMagicLine(text: string): MagicLine {
  const match = form.exec(text);
  if (match === null) throw new Error(`a line of magic has an offset, a type and a test, not "${text.slice(0, 60)}"`);
  const { level, offset, unsigned, order, kind: written, flag, mask, relation: sign } = match.groups!;
  const kind = written!.toLowerCase() as NumberKind | 'string';
  // An exclamation mark that begins a string is a part of it.
  const isPart = kind === 'string' && sign === '!';
  const relation = isPart || sign === '' ? '=' : (sign!.toLowerCase() as Relation);
  const rest = text.slice(match[0].length - (isPart ? 1 : 0));
  const { value, end } = readValue(kind, relation, rest);
  const sought: Sought =
    typeof value === 'number'
      ? {
          kind: kind as NumberKind,
          bigEndian: order?.toLowerCase() === 'be',
          unsigned: unsigned !== '',
          mask: mask === undefined ? undefined : Number(mask),
          value,
        }
      : { kind: 'string', ignoreCase: flag !== undefined, value };
  return { level: level!.length, offset: Number(offset), relation, sought, says: rest.slice(end).trim() };
}

function readValue(
  kind: Sought['kind'],
  relation: Relation,
  text: string,
): StringValue | { readonly value: number; readonly end: number } {
  if (relation === 'x') return kind === 'string' ? { value: Buffer.alloc(0), end: 0 } : { value: 0, end: 0 };
  return kind === 'string' ? readString(text) : readNumber(text);
}
