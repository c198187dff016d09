import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { messageOf } from '../thrown.ts';
import { type ErrorStatus, httpError } from '../verdict.ts';
import type { BodyReader } from './body-reader.ts';
import { defaultFieldSizeLimit, type FormOptions } from './form-options.ts';
import { type FormEntry, UploadedFile } from './uploaded-file.ts';
import { UploadStore } from './upload-store.ts';

/** Reads multipart/form-data (RFC 7578) to its end. Throws a 400 for a bad or cut form, a 413 above the limits. */
export async function readMultipart(reader: BodyReader, boundary: string, options: FormOptions): Promise<FormEntry[]> {
  const { fieldLimit, fieldSizeLimit = defaultFieldSizeLimit } = options;
  const store = new UploadStore(options);
  const entries: Promise<FormEntry>[] = [];
  const parser = busboy({
    headers: { 'content-type': `multipart/form-data; boundary="${boundary.replaceAll(/["\\]/g, '\\$&')}"` },
    // Browsers write names and filenames in the form's charset, which is UTF-8 today.
    defParamCharset: 'utf8',
    // busboy tells that a limit was reached, which is not yet too much: hence one more.
    limits: { fieldSize: fieldSizeLimit + 1, parts: fieldLimit + 1 },
  });
  const refuse = (status: ErrorStatus, message: string) => parser.destroy(httpError(status, message));

  parser.on('partsLimit', () => refuse(413, `the form has more than the ${fieldLimit} fields of LimitFormFields`));
  // Other than its types say, busboy leaves out an empty name, a missing filename, and a text in a charset it can't read.
  parser.on('field', (name: string | undefined, text: string | undefined, info) => {
    if (text === undefined) refuse(415, `the form's field "${name}" is in an unknown charset`);
    else if (info.valueTruncated) refuse(413, `the form's field "${name}" is larger than ${fieldSizeLimit} bytes`);
    else entries.push(Promise.resolve([name ?? '', text]));
  });
  parser.on('file', (name: string | undefined, stream, info: { filename?: string; mimeType: string }) => {
    const entry = keepFile(store, stream, { name: name ?? '', filename: info.filename ?? '', type: info.mimeType });
    // Before it is awaited below: a disk that is full ends the reading now.
    entry.catch((error: Error) => parser.destroy(error));
    entries.push(entry);
  });

  try {
    await pipeline(reader, parser);
    return await Promise.all(entries);
  } catch (error) {
    await Promise.allSettled(entries);
    throw malformed.has(messageOf(error)) ? httpError(400, `bad form: ${messageOf(error)}`) : error;
  }
}

async function keepFile(
  store: UploadStore,
  stream: Readable,
  info: { name: string; filename: string; type: string },
): Promise<FormEntry> {
  const { content, size } = await store.keep(stream);
  // A file input that was left empty is a part without a name and without bytes; mod_python makes it a text, too.
  if (info.filename === '' && size === 0) return [info.name, ''];
  return [info.name, new UploadedFile({ ...info, size }, content)];
}

/** What busboy says of a bad form: its errors have no code. */
const malformed = new Set(['Malformed part header', 'Unexpected end of form', 'Unexpected end of file']);
