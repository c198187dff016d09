import { type Brigade, FileBucket, bucketLength } from './bucket.ts';

/** What a filter keeps for later, up to a limit. */
export class SetAside {
  readonly brigade: Brigade = [];
  #length = 0;
  #inMemory = 0;

  /** Gives how many bytes are kept now; those of files take no memory. */
  add(brigade: Brigade, limit: number, who: string): number {
    for (const bucket of brigade) {
      this.brigade.push(bucket);
      const length = bucketLength(bucket);
      this.#length += length;
      if (!(bucket instanceof FileBucket)) this.#inMemory += length;
    }
    if (limit > 0 && this.#inMemory > limit) {
      throw new Error(`${who} set aside ${this.#inMemory} bytes, but FilterBufferLimit allows ${limit}`);
    }
    return this.#length;
  }
}
