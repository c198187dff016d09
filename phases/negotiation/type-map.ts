import { type AcceptItem, readAcceptItem, readAcceptItems } from '../../core/negotiation/accept-item.ts';
import type { Variant } from '../../core/negotiation/variant.ts';
import { type MapField, mapFields } from './map-fields.ts';

/** A record of a type map. */
export interface MapVariant extends Variant {
  /** What is sent instead of a file. */
  readonly body: Buffer | undefined;
}

/**
 * Reads a type map: records of header fields, with blank lines between them. A record counts if it has a URI or a Body, and
 * something that describes it. `text` has one character for each byte. Throws an Error that begins with `file:line` for
 * anything that isn't in this form.
 */
export function parseTypeMap(text: string, file: string): readonly MapVariant[] {
  const variants: MapVariant[] = [];
  let fields: MapField[] = [];
  const endRecord = (): void => {
    const variant = toVariant(fields, file);
    if (variant !== undefined) variants.push(variant);
    fields = [];
  };
  for (const field of mapFields(text, file)) {
    if (field === 'blank line') endRecord();
    else fields.push(field);
  }
  endRecord();
  return variants;
}

function toVariant(fields: readonly MapField[], file: string): MapVariant | undefined {
  const found = new Map(fields.map((field) => [field.name, field]));
  const type = found.get('content-type');
  const body = found.get('body')?.body;
  const name = body === undefined ? firstWord(found.get('uri')) : file.slice(file.lastIndexOf('/') + 1);
  if (name === '' || !fields.some((field) => describing.has(field.name))) return undefined;
  const item = type === undefined ? untyped : readAcceptItem(type.value);
  return {
    name,
    type: item.name,
    sourceQuality: item.quality,
    level: item.level,
    charset: item.charset,
    languages: readAcceptItems(found.get('content-language')?.value)?.map((language) => language.name) ?? [],
    encoding: firstWord(found.get('content-encoding')),
    length: body?.length ?? readLength(found.get('content-length'), file),
    description: found.get('description')?.value ?? '',
    body,
  };
}

/** A record without a Content-Type can't be chosen, but is listed. */
const untyped: AcceptItem = { name: '', quality: 0, level: 0, charset: '' };

const describing: ReadonlySet<string> = new Set([
  'content-type',
  'content-language',
  'content-encoding',
  'content-length',
  'body',
]);

function firstWord(field: MapField | undefined): string {
  return /^[^\s;,]*/.exec(field?.value ?? '')![0];
}

function readLength(field: MapField | undefined, file: string): number {
  if (field === undefined) return -1;
  const length = firstWord(field);
  if (/^\d{1,15}$/.test(length)) return Number(length);
  throw new Error(`${file}:${field.line}: Content-Length takes a number of bytes, not "${field.value}"`);
}
