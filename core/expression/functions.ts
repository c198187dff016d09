import { createHash } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { statOrNothing } from './stat-or-nothing.ts';
import type { ExpressionSubject } from './subject.ts';
import type { ExpressionFunction } from './extensions.ts';

/** The string functions of Apache's core. */
export const functions: Readonly<Record<string, ExpressionFunction>> = {
  req: { call: requestHeader, variesOnArgument: true },
  http: { call: requestHeader, variesOnArgument: true },
  req_novary: { call: requestHeader },
  resp: { call: (r, name) => r.headersOut.get(name) ?? r.errHeadersOut.get(name) },
  reqenv: { call: (r, name) => r.env.get(name) },
  v: { call: (r, name) => r.env.get(name) },
  osenv: { call: (_, name) => process.env[name] },
  note: { call: (r, name) => r.notes.get(name) },
  env: { call: (r, name) => r.notes.get(name) ?? r.env.get(name) ?? process.env[name] },

  // Apache folds ASCII letters only.
  tolower: { call: (_, text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) },
  toupper: { call: (_, text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) },
  replace: { call: (_, text, from = '', to = '') => (from === '' ? text : text.replaceAll(from, () => to)), arity: 3 },
  escape: { call: (_, text) => escapePath(text) },
  unescape: { call: (_, text) => unescapePath(text) },
  base64: { call: (_, text) => Buffer.from(text).toString('base64') },
  unbase64: { call: (_, text) => decodeBase64(text) },
  md5: { call: (_, text) => createHash('md5').update(text).digest('hex') },
  sha1: { call: (_, text) => createHash('sha1').update(text).digest('hex') },
  ldap: { call: (_, text) => escapeLdap(text) },

  file: { call: (_, path) => readSmallFile(path), readsFiles: true },
  filesize: { call: (_, path) => String(regularFile(path)?.size ?? 0), readsFiles: true },
  filemod: { call: (_, path) => String(Math.floor((regularFile(path)?.mtimeMs ?? 0) * 1000)), readsFiles: true },
};

const largestFile = 10 * 1024 * 1024;

function requestHeader(r: ExpressionSubject, name: string): string | undefined {
  return r.headersIn.get(name);
}

async function readSmallFile(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > largestFile)
    throw new Error(`file("${path}"): ${size} bytes are more than the ${largestFile} that are read`);
  return readFile(path, 'utf8');
}

function regularFile(path: string): Stats | undefined {
  const found = statOrNothing(statSync, path);
  return found?.isFile() === true ? found : undefined;
}

/** As Apache's ap_escape_uri: what a path may hold stays. */
function escapePath(text: string): string {
  return text.replace(/[^A-Za-z0-9$\-_.+!*'(),:;@&=/~]/gu, (character) => hexadecimal(character, '%'));
}

/** An encoded slash stays encoded; a bad or zero escape spoils the whole text. */
function unescapePath(text: string): string {
  if (/%(?![0-9a-f]{2})|%00/i.test(text)) return '';
  return text.replace(/(?:%(?!2f)[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}

function decodeBase64(text: string): string {
  const [valid = ''] = /^[A-Za-z0-9+/]*/.exec(text)!;
  return Buffer.from(valid, 'base64').toString();
}

/** RFC 4514 §2.4 and RFC 4515 §3 in one, so that the result is safe in a name and in a filter. */
function escapeLdap(text: string): string {
  const escaped = /[\p{Cc}\u{80}-\u{10ffff}"()*+,;<>\\]|^[ #]| $/gu;
  return text.replace(escaped, (character) => hexadecimal(character, '\\'));
}

/** Each byte as two digits behind `mark`. */
function hexadecimal(character: string, mark: string): string {
  return Buffer.from(character).reduce((text, byte) => text + mark + byte.toString(16).padStart(2, '0'), '');
}
