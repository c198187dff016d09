import zlib from 'node:zlib';
import type { CodingStream } from './codings.ts';

interface ZstdOptions {
  readonly params: Readonly<Record<number, number>>;
}

/** What Node's zlib has from 22.15 on. */
interface Zstd {
  readonly zstdCompressSync: (body: Uint8Array, options: ZstdOptions) => Buffer;
  readonly createZstdCompress: (options: ZstdOptions) => CodingStream;
  readonly constants: { readonly ZSTD_c_compressionLevel: number; readonly ZSTD_e_flush: number };
}

/** Undefined where this Node has no zstd. */
export const zstd = 'zstdCompressSync' in zlib ? (zlib as unknown as Zstd) : undefined;
