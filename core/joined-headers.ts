import { Table } from './table.ts';

/**
 * The fields of a request, given as name, value, name, value, …: lines of one name are one list (RFC 9110 §5.2), cookies
 * join with a semicolon (RFC 9113 §8.2.3).
 */
export function joinedHeaders(raw: readonly string[]): Table {
  const joined = new Table();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!;
    const earlier = joined.get(name);
    if (earlier === undefined) joined.append(name, raw[at + 1]!);
    else joined.set(name, `${earlier}${name.toLowerCase() === 'cookie' ? '; ' : ', '}${raw[at + 1]!}`);
  }
  return joined;
}
