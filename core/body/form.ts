import { httpError } from '../verdict.ts';
import type { BodyReader } from './body-reader.ts';
import { parseContentType } from './content-type.ts';
import { defaultFieldSizeLimit, type FormOptions } from './form-options.ts';
import { readMultipart } from './read-multipart.ts';
import type { FormEntry, UploadedFile } from './uploaded-file.ts';

/**
 * The fields and files of a submitted form, in its order, duplicates included.
 *
 * @example
 * const form = await r.form();
 * const name = form.get('name') ?? 'nobody';
 */
export class Form implements Iterable<FormEntry> {
  readonly #entries: readonly FormEntry[];

  constructor(entries: readonly FormEntry[]) {
    this.#entries = entries;
  }

  /** The first text under `name`. */
  get(name: string): string | undefined {
    return this.getAll(name)[0];
  }

  /** All values of a field, in order. */
  getAll(name: string): string[] {
    return this.#valuesOf(name).filter((value) => typeof value === 'string');
  }

  /** True where there is a text or a file under `name`. */
  has(name: string): boolean {
    return this.#entries.some(([own]) => own === name);
  }

  /** The first file under `name`. */
  file(name: string): UploadedFile | undefined {
    return this.files(name)[0];
  }

  /** The files under `name`; without one, all files. */
  files(name?: string): UploadedFile[] {
    return this.#valuesOf(name).filter((value) => typeof value !== 'string');
  }

  /** The distinct names. */
  names(): string[] {
    return [...new Set(this.#entries.map(([name]) => name))];
  }

  /** Names and values, files included, in the order of the form. */
  entries(): IterableIterator<FormEntry> {
    return this.#entries.values();
  }

  [Symbol.iterator](): IterableIterator<FormEntry> {
    return this.entries();
  }

  #valuesOf(name: string | undefined): (string | UploadedFile)[] {
    const entries = name === undefined ? this.#entries : this.#entries.filter(([own]) => own === name);
    return entries.map(([, value]) => value);
  }
}

/**
 * Reads the form in a body to its end; a body without a Content-Type counts as urlencoded, as in mod_python. Throws a
 * 415 for other types, a 400 for a form that is cut or has no boundary, a 413 above the limits.
 */
export async function readForm(
  reader: BodyReader,
  contentType: string | undefined,
  options: FormOptions,
): Promise<Form> {
  const parsed = parseContentType(contentType ?? urlencoded);
  if (parsed?.type === urlencoded) return new Form(await readUrlencoded(reader, options));
  if (parsed?.type !== multipart) {
    throw httpError(415, `expected a form, ${urlencoded} or ${multipart}, but the body is "${contentType}"`);
  }
  const boundary = parsed.parameters.get('boundary');
  if (boundary === undefined || !boundaryPattern.test(boundary)) {
    throw httpError(400, `expected ${multipart} with a boundary of 1 to 70 characters, but got "${contentType}"`);
  }
  return new Form(await readMultipart(reader, boundary, options));
}

const urlencoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';
/** RFC 2046 §5.1.1, with all visible characters, because clients use them. */
const boundaryPattern = /^[ -~]{0,69}[!-~]$/;
const ampersand = 0x26;

/** The WHATWG rules, pair by pair, so that a form above the limits is refused before it is in memory. */
async function readUrlencoded(reader: BodyReader, options: FormOptions): Promise<FormEntry[]> {
  const { fieldLimit, fieldSizeLimit = defaultFieldSizeLimit } = options;
  // `%XX` makes three bytes of one, in the name as in the value.
  const longestPair = 6 * fieldSizeLimit + 2;
  const entries: FormEntry[] = [];
  for (let count = 1; ; count++) {
    const pair = await reader.readUntil(ampersand, longestPair);
    if (pair.length === 0) return entries;
    if (count > fieldLimit) throw httpError(413, `the form has more than the ${fieldLimit} fields of LimitFormFields`);
    // The leading ampersand keeps a question mark, which would be dropped as that of a query.
    for (const [name, text] of new URLSearchParams(`&${pair.toString()}`)) {
      if (Math.max(Buffer.byteLength(name), Buffer.byteLength(text)) > fieldSizeLimit) {
        throw httpError(413, `the form's field "${name.slice(0, 80)}" is larger than ${fieldSizeLimit} bytes`);
      }
      entries.push([name, text]);
    }
  }
}
