import { read } from 'node:fs';

/**
 * Everything before this mark must reach the network now.
 *
 * @example
 * brigade: (brigade) => brigade.flatMap((bucket) => (bucket === EOS ? [bucket] : [bucket, FLUSH]));
 */
export const FLUSH = Symbol('FLUSH');
/**
 * The body ends here.
 *
 * @example
 * brigade: (brigade) => brigade.flatMap((bucket) => (bucket === EOS ? ['the last line\n', EOS] : [bucket]));
 */
export const EOS = Symbol('EOS');

/** A stretch of an open file that nobody has read yet. */
export class FileBucket {
  /** Of the open file. */
  readonly descriptor: number;
  /** In the file. */
  readonly start: number;
  /** In bytes. */
  readonly length: number;

  constructor(descriptor: number, start: number, length: number) {
    this.descriptor = descriptor;
    this.start = start;
    this.length = length;
  }

  /** The part from `start` (counted inside this bucket) on, without reading. */
  slice(start: number, length: number): FileBucket {
    return new FileBucket(this.descriptor, this.start + start, length);
  }

  /** The bytes in pieces; throws where the file has become shorter, so that a response is cut and never padded. */
  async *chunks(size = 65_536): AsyncGenerator<Buffer> {
    const end = this.start + this.length;
    for (let at = this.start; at < end;) {
      const chunk = await readAt(this.descriptor, at, Math.min(size, end - at));
      if (chunk.length === 0)
        throw new Error(`the file became shorter while it was sent: ${end - at} bytes are missing`);
      at += chunk.length;
      yield chunk;
    }
  }
}

/** One piece of a body; text stays text until somebody needs the bytes. */
export type Bucket = string | Uint8Array | FileBucket | typeof FLUSH | typeof EOS;

/** A short list of buckets that moves through a chain in one call. */
export type Brigade = Bucket[];

/** Bytes in a bucket; marks have none. */
export function bucketLength(bucket: Bucket): number {
  if (typeof bucket === 'string') return Buffer.byteLength(bucket);
  return typeof bucket === 'symbol' ? 0 : bucket.length;
}

/** A part of a bucket of bytes: nothing is copied, and nothing of a file is read. */
export function sliceBucket(content: Uint8Array | FileBucket, from: number, to: number): Uint8Array | FileBucket {
  return content instanceof FileBucket ? content.slice(from, to - from) : content.subarray(from, to);
}

/** Bytes in a brigade. */
export function brigadeLength(brigade: Brigade): number {
  return brigade.reduce((sum, bucket) => sum + bucketLength(bucket), 0);
}

function readAt(descriptor: number, position: number, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    read(descriptor, Buffer.allocUnsafe(length), 0, length, position, (error, count, buffer) =>
      error ? reject(error) : resolve(buffer.subarray(0, count)),
    );
  });
}
