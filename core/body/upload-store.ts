import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpError } from '../verdict.ts';
import type { FormOptions } from './form-options.ts';
import type { UploadedContent } from './uploaded-file.ts';

/** Keeps the files of one form: small ones in memory, others in a fresh folder that the cleanup removes. */
export class UploadStore {
  readonly #options: FormOptions;
  #folder: Promise<string> | undefined = undefined;
  #count = 0;

  constructor(options: FormOptions) {
    this.#options = options;
  }

  /** Reads a file to its end. Throws a 413 above the size limit, and file system errors. */
  async keep(chunks: AsyncIterable<Buffer>): Promise<{ content: UploadedContent; size: number }> {
    const { memoryLimit, fileSizeLimit = Number.POSITIVE_INFINITY } = this.#options;
    const inMemory: Buffer[] = [];
    let file: TemporaryFile | undefined;
    let size = 0;
    try {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > fileSizeLimit) throw httpError(413, `a file of the form is larger than ${fileSizeLimit} bytes`);
        if (file !== undefined) await file.handle.writeFile(chunk);
        else if (inMemory.push(chunk) && size > memoryLimit) {
          file = await this.#createFile();
          for (const piece of inMemory.splice(0)) await file.handle.writeFile(piece);
        }
      }
    } finally {
      await file?.handle.close();
    }
    return { content: file === undefined ? Buffer.concat(inMemory) : { path: file.path }, size };
  }

  async #createFile(): Promise<TemporaryFile> {
    const folder = await (this.#folder ??= this.#createFolder());
    const path = join(folder, String(++this.#count));
    return { path, handle: await open(path, 'wx', 0o600) };
  }

  async #createFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-form-'));
    this.#options.registerCleanup(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }
}

interface TemporaryFile {
  readonly path: string;
  readonly handle: Awaited<ReturnType<typeof open>>;
}
