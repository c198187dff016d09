import { type Transform } from 'node:stream';
import zlib, { constants } from 'node:zlib';
import type { Config } from '../../core/config/directive.ts';

/** What a filter that compresses has to know of its content coding. */
export interface Coding {
  /** As Content-Encoding and Accept-Encoding name it. */
  readonly name: string;
  /** What the compressed form has behind its ETag. */
  readonly suffix: string;
  /** The environment variable that switches it off. */
  readonly offSwitch: string;
  /** Those that Apache's mod_deflate alone obeys. */
  readonly obeysBrowserSwitches: boolean;
  /** The mark after which everything written so far can be decoded. */
  readonly flushMark: number;
  /** What the compressed form of a body depends on besides the body. */
  settings(config: Config): string;
  alterETag(config: Config): AlterETag;
  notes(config: Config): readonly FilterNote[];
  /** The whole body in one go. */
  compress(body: Uint8Array, config: Config): Buffer;
  open(config: Config): CodingStream;
}

/** What becomes of the ETag: it gets a suffix, stays, or is dropped. */
export type AlterETag = 'AddSuffix' | 'NoChange' | 'Remove';

/** A note for logs: how many bytes came in, how many went out, or their ratio in percent. */
export interface FilterNote {
  readonly kind: 'input' | 'output' | 'ratio';
  readonly note: string;
}

/** Any of Node's zlib streams. */
export type CodingStream = Transform & { readonly bytesWritten: number; flush(kind: number, done: () => void): void };

export const gzip: Coding = {
  name: 'gzip',
  suffix: '-gzip',
  offSwitch: 'no-gzip',
  obeysBrowserSwitches: true,
  flushMark: constants.Z_SYNC_FLUSH,
  settings: (config) => `gzip-${config.deflateCompressionLevel}-${config.deflateMemLevel}-${config.deflateWindowSize}`,
  alterETag: (config) => config.deflateAlterETag,
  notes: (config) => config.deflateFilterNote,
  compress: (body, config) => zlib.gzipSync(body, smallGzipOptions(config, body.length)),
  open: (config) => zlib.createGzip(gzipOptions(config)),
};

export const brotli: Coding = {
  name: 'br',
  suffix: '-br',
  offSwitch: 'no-brotli',
  obeysBrowserSwitches: false,
  flushMark: constants.BROTLI_OPERATION_FLUSH,
  settings: (config) =>
    `br-${config.brotliCompressionQuality}-${config.brotliCompressionWindow}-${config.brotliCompressionMaxInputBlock}`,
  alterETag: (config) => config.brotliAlterETag,
  notes: (config) => config.brotliFilterNote,
  compress: (body, config) => zlib.brotliCompressSync(body, brotliOptions(config, body.length)),
  open: (config) => zlib.createBrotliCompress(brotliOptions(config)),
};

function gzipOptions(config: Config): zlib.ZlibOptions {
  return {
    level: config.deflateCompressionLevel,
    memLevel: config.deflateMemLevel,
    windowBits: config.deflateWindowSize,
    chunkSize: config.deflateBufferSize,
  };
}

/** A window that holds the whole body is as good as a longer one, and mostly the result is less than half as long. */
function smallGzipOptions(config: Config, length: number): zlib.ZlibOptions {
  const options = gzipOptions(config);
  const windowBits = Math.max(9, 32 - Math.clz32(length + LOOKAHEAD));
  return {
    ...options,
    windowBits: Math.min(config.deflateWindowSize, windowBits),
    chunkSize: Math.min(config.deflateBufferSize, Math.max(SHORTEST_CHUNK, length >> 1)),
  };
}

/** zlib doesn't look back over the whole window: MIN_LOOKAHEAD. */
const LOOKAHEAD = 262;
const SHORTEST_CHUNK = 1_024;

function brotliOptions(config: Config, length = 0): zlib.BrotliOptions {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: config.brotliCompressionQuality,
      [constants.BROTLI_PARAM_LGWIN]: config.brotliCompressionWindow,
      [constants.BROTLI_PARAM_LGBLOCK]: config.brotliCompressionMaxInputBlock,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
    },
  };
}
