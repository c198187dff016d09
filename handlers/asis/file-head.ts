import { readSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';

/** The headers that a file begins with. */
export interface FileHead {
  readonly status: number | undefined;
  /** The status with the words behind it. */
  readonly statusLine: string | undefined;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Where the body begins. */
  readonly length: number;
}

/** Longer heads are taken for a file without one. */
const LONGEST_HEAD = 65_536;

/** Reads the head of an open file. Throws an Error that names the file and the line where it is no head. */
export function readFileHead(descriptor: number, filename: string): FileHead {
  const bytes = Buffer.alloc(LONGEST_HEAD);
  const count = readSync(descriptor, bytes, 0, LONGEST_HEAD, 0);
  return parseFileHead(bytes.toString('latin1', 0, count), filename);
}

/** The same for the beginning of a file's content, one character for each byte. */
export function parseFileHead(text: string, filename: string): FileHead {
  const end = /(?:^|\n)\r?\n/.exec(text);
  if (end === null) throw new Error(`${filename} needs headers, then an empty line, before what is sent as it is`);
  const lines = text.slice(0, end.index).replace(/\r$/, '').split(/\r?\n/);
  const fields: (readonly [string, string])[] = [];
  let statusLine: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const parts = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (parts === null)
      throw new Error(`${filename}:${index + 1}: expected "Name: value" or an empty line, not "${line}"`);
    const [, name = '', value = ''] = parts;
    if (name.toLowerCase() === 'status') statusLine = value;
    else fields.push([name, value]);
  }
  return { status: statusOf(statusLine, filename), statusLine, fields, length: end.index + end[0].length };
}

function statusOf(line: string | undefined, filename: string): number | undefined {
  if (line === undefined) return undefined;
  const digits = line.slice(0, 3);
  if (/^[2-5]\d\d(?: |$)/.test(line) && STATUS_CODES[digits] !== undefined) return Number(digits);
  throw new Error(`${filename}: "Status: ${line}" doesn't begin with a status of HTTP`);
}
