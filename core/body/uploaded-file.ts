import { createReadStream } from 'node:fs';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { codeOf } from '../thrown.ts';
import { textDecoder } from './decode-text.ts';

/** What a form has under a name, in the order of the form. */
export type FormEntry = readonly [name: string, value: string | UploadedFile];

/** Where an uploaded file's bytes are. */
export type UploadedContent = Buffer | { readonly path: string };

/** What the client says about a file. */
export interface UploadedFileInfo {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * A file of a form. Without `moveTo` it is gone when the request is over.
 *
 * @example await form.file('photo')?.moveTo(`${folder}/${id}.jpeg`);
 */
export class UploadedFile {
  /** The name of the form's field. */
  readonly name: string;
  /** What the client calls the file, without any folders; never use it as a path. */
  readonly filename: string;
  /** What the client says it is; not checked. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  #content: UploadedContent;

  constructor(info: UploadedFileInfo, content: UploadedContent) {
    this.name = info.name;
    this.filename = info.filename;
    this.type = info.type;
    this.size = info.size;
    this.#content = content;
  }

  /** Where the file is, unless it is in memory. */
  get path(): string | undefined {
    return Buffer.isBuffer(this.#content) ? undefined : this.#content.path;
  }

  /** The whole content. */
  async bytes(): Promise<Buffer> {
    return Buffer.isBuffer(this.#content) ? this.#content : readFile(this.#content.path);
  }

  /** The content as text in the charset that `contentType` names, UTF-8 without one. Throws a 415 for an unknown charset. */
  async text(contentType?: string): Promise<string> {
    return textDecoder(contentType)(await this.bytes());
  }

  /** The content as a stream. */
  stream(): Readable {
    return Buffer.isBuffer(this.#content) ? Readable.from([this.#content]) : createReadStream(this.#content.path);
  }

  /** Keeps the file as `path`, for its owner only; an existing file is replaced. Throws as `fs.rename` does. */
  async moveTo(path: string): Promise<void> {
    if (Buffer.isBuffer(this.#content)) await writeFile(path, this.#content, { mode: 0o600 });
    else await move(this.#content.path, path);
    this.#content = { path };
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}
