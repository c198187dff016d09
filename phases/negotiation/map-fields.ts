/** One header field of a type map. */
export interface MapField {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** What stands between a Body's tags. */
  readonly body: Buffer | undefined;
  readonly line: number;
}

/**
 * The fields of a type map, and the blank lines between its records. Lines that begin with `#` are comments, those that begin
 * with a blank go on with the line before, and text in round brackets is left out. Throws an Error for a line without a colon
 * or a value, and for a Body without its end.
 */
export function* mapFields(text: string, file: string): Generator<MapField | 'blank line'> {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      yield 'blank line';
      continue;
    }
    const number = at + 1;
    let whole = line;
    while (isContinued(lines[at + 1])) whole += `\n${lines[++at]!}`;
    const field = readField(whole, `${file}:${number}`);
    if (field.name !== 'body') {
      yield { ...field, body: undefined, line: number };
      continue;
    }
    const end = lines.findIndex((later, index) => index > at && later.includes(field.value));
    if (end < 0) throw new Error(`${file}:${number}: the Body has no line with its end, "${field.value}"`);
    const before = lines[end]!.slice(0, lines[end]!.indexOf(field.value));
    const body = [...lines.slice(at + 1, end), before].join('\n');
    yield { ...field, body: Buffer.from(body, 'latin1'), line: number };
    at = end;
  }
}

function isContinued(next: string | undefined): boolean {
  return next !== undefined && /^\s+\S/.test(next);
}

function readField(text: string, place: string): Pick<MapField, 'name' | 'value'> {
  const colon = text.indexOf(':');
  if (colon < 0) throw new Error(`${place}: a type map has fields such as "URI: page.en.html", not "${excerpt(text)}"`);
  const name = text.slice(0, colon).toLowerCase();
  const raw = text.slice(colon + 1);
  const value = Buffer.from(name === 'body' ? raw : withoutComments(raw), 'latin1')
    .toString()
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  if (value === '') throw new Error(`${place}: the field "${excerpt(text)}" has no value`);
  return { name, value };
}

function withoutComments(text: string): string {
  return text.replace(
    /("[^"]*")|\([^)]*\)?/g,
    (all, quoted: string | undefined) => quoted ?? all.replace(/[^\n]/g, ' '),
  );
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
