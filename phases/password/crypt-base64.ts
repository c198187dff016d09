const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The text form of crypt(3) hashes: each group of three bytes, in the order that the scheme lays down, becomes four
 * characters, lowest six bits first.
 */
export function cryptBase64(digest: Uint8Array, order: readonly number[]): string {
  let text = '';
  for (let at = 0; at < order.length; at += 3) {
    const group = order.slice(at, at + 3);
    let bits = 0;
    for (const index of group) bits = (bits << 8) | digest[index]!;
    for (let left = group.length + 1; left > 0; left--, bits >>>= 6) text += alphabet.charAt(bits & 63);
  }
  return text;
}
