import { messageOf } from '../../core/thrown.ts';
import { optionalPackage } from '../optional-package.ts';

/** A file of keys and values in the format of lmdb; other processes may write to it. */
export interface KeyFile {
  readonly path: string;
  /** Throws where the file can't be read. */
  get(key: string): string | undefined;
  /** Any value; undefined where there is none. */
  first(): string | undefined;
}

/** Longer keys than lmdb's are in no file. */
const longestKey = 1978;

/** Opens a file at start. Throws where it can't be opened, or where the package lmdb isn't installed. */
export async function openKeyFile(path: string): Promise<KeyFile> {
  const { open } = await optionalPackage('lmdb', () => import('lmdb'));
  try {
    const database = open<string, string>({ path, noSubdir: true, readOnly: true, encoding: 'string' });
    return {
      path,
      get: (key) => (key === '' || Buffer.byteLength(key) > longestKey ? undefined : database.get(key)),
      first: () => [...database.getRange({ limit: 1 })][0]?.value,
    };
  } catch (error) {
    throw new Error(`expected a file of lmdb at ${path} (${messageOf(error)})`, { cause: error });
  }
}
