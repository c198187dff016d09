import { randomFillSync } from 'node:crypto';

/** Seconds, ten random bytes of this process, and a counter: the parts of Apache's id. */
const parts = Buffer.alloc(20);
const stampAt = 0;
const rootAt = 4;
const counterAt = 14;

randomFillSync(parts, rootAt, counterAt - rootAt);
let counter = 0;

/** 27 letters, digits, `-` and `_`. */
export function makeUniqueId(): string {
  counter = (counter + 1) % 2 ** 48;
  parts.writeUInt32BE(Math.floor(Date.now() / 1_000), stampAt);
  parts.writeUIntBE(counter, counterAt, 6);
  return parts.toString('base64url');
}
