import { readSync } from 'node:fs';

/** Reads an open file into one buffer. Throws where it has become shorter than `size`, as what was said of it is wrong then. */
export function readWhole(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size;) {
    const count = readSync(descriptor, bytes, at, size - at, at);
    if (count === 0) throw new Error(`the file became shorter while it was read: ${size - at} bytes are missing`);
    at += count;
  }
  return bytes;
}
