/** One item of Accept, Accept-Language, Accept-Charset or Accept-Encoding, or the value of a Content-Type; in lower case. */
export interface AcceptItem {
  readonly name: string;
  readonly quality: number;
  /** The parameter `level`; HTML has 2 unless it says otherwise. */
  readonly level: number;
  readonly charset: string;
}

/** More items of one header are not looked at: no client has as many, and comparing them takes time. */
export const MAXIMUM_ITEMS = 250;

const token = /\s*([^\s;,"]*(?:"[^"]*"?[^\s;,"]*)*)\s*/y;
const parameter = /;\s*([^;,"]*(?:"[^"]*"?[^;,"]*)*)/y;
const assignment = /^([^\s=]+)[\s=]+(?:"([^"\r\n]*)|(\S*))/;

/** Reads a header's items (RFC 9110 §12.5); undefined for a header that isn't there. What can't be understood says nothing. */
export function readAcceptItems(header: string | undefined): readonly AcceptItem[] | undefined {
  if (header === undefined) return undefined;
  const items: AcceptItem[] = [];
  let at = 0;
  while (at < header.length && items.length < MAXIMUM_ITEMS) {
    const { item, end } = readItemAt(header, at);
    if (item.name !== '') items.push(item);
    at = header.charAt(end) === ',' ? end + 1 : end;
    // Whatever is left is no item.
    if (at === end && item.name === '') break;
  }
  return items;
}

/** Reads the first item: a content type with its parameters. */
export function readAcceptItem(text: string): AcceptItem {
  return readItemAt(text, 0).item;
}

function readItemAt(text: string, from: number): { readonly item: AcceptItem; readonly end: number } {
  token.lastIndex = from;
  const name = token.exec(text)![1]!.toLowerCase();
  let end = token.lastIndex;
  let quality = 1;
  let level = name === 'text/html' ? 2 : 0;
  let charset = '';
  while (text.charAt(end) === ';') {
    parameter.lastIndex = end;
    const [, attribute = '', quoted, plain = ''] = assignment.exec(parameter.exec(text)![1]!) ?? [];
    end = parameter.lastIndex;
    const value = (quoted ?? plain).toLowerCase();
    switch (attribute.toLowerCase()) {
      case 'q':
      case 'qs':
        quality = readQuality(value);
        break;
      case 'level':
        level = Math.trunc(Number.parseFloat(value)) || 0;
        break;
      case 'charset':
        charset = value;
        break;
    }
  }
  return { item: { name, quality, level, charset }, end };
}

/** Three digits behind `0.` or `.` count; anything that doesn't begin like that is 1, as in Apache. */
function readQuality(text: string): number {
  const [, digits] = /^\s*(?:0\.?|\.)(\d{0,3})/.exec(text) ?? [];
  return digits === undefined ? 1 : Number(`0.${digits}0`);
}
