import { type FilterContext, httpError } from 'sluice';

/** Makes an array of JSON objects of a body in CSV (RFC 4180), a record at a time; other bodies pass as they are. */
export default async function* csvToJson(chunks: AsyncIterable<Uint8Array>, { r }: FilterContext) {
  if (r.headersIn.get('Content-Type')?.startsWith('text/csv') !== true) {
    yield* chunks;
    return;
  }
  r.headersIn.set('Content-Type', 'application/json');
  let names: readonly string[] | undefined;
  let lead = '[';
  for await (const record of records(chunks)) {
    if (names === undefined) names = record;
    else if (record.length !== names.length)
      throw httpError(400, `a record has ${record.length} fields, not ${names.length}`);
    else {
      yield lead + JSON.stringify(Object.fromEntries(names.map((name, at) => [name, record[at]])));
      lead = ',\n';
    }
  }
  yield lead === '[' ? '[]' : ']';
}

/** A field, and what stands behind it; the rest of a text may be the beginning of one. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/y;
const longest = 65_536;

async function* records(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let text = '';
  let record: string[] = [];
  for await (const chunk of withEnd(chunks)) {
    text += chunk === undefined ? `${decoder.decode()}\n` : decoder.decode(chunk, { stream: true });
    field.lastIndex = 0;
    let at = 0;
    for (let found = field.exec(text); found !== null; found = field.exec(text)) {
      at = field.lastIndex;
      record.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
      if (found[3] === ',') continue;
      // An empty line is no record.
      if (record.length > 1 || record[0] !== '') yield record;
      record = [];
      field.lastIndex = at;
    }
    text = text.slice(at);
    if (text.length > longest || record.length > longest) throw httpError(413, 'a field is too long');
  }
  if (text.trim() !== '') throw httpError(400, 'a quote is missing or in the wrong place');
}

/** The chunks, and undefined behind the last one. */
async function* withEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | undefined> {
  yield* chunks;
  yield undefined;
}
