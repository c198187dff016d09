import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Deriving a key is slow on purpose, and sections often share a passphrase. */
const keys = new Map<string, Buffer>();

/** Encrypts and signs small texts, so that clients can keep them without reading or changing them (AES-256-GCM). */
export class Seal {
  readonly #keys: readonly Buffer[];

  /** The first passphrase seals, all of them open, so that a new one can be put in front. */
  constructor(passphrases: readonly string[]) {
    this.#keys = passphrases.map(keyOf);
  }

  close(text: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#keys[0]!, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Undefined for what wasn't sealed with one of the passphrases. */
  open(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE + TAG) return undefined;
    for (const key of this.#keys) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
        decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        // Of another key, or changed.
      }
    }
    return undefined;
  }
}

function keyOf(passphrase: string): Buffer {
  let key = keys.get(passphrase);
  if (key === undefined) {
    key = scryptSync(passphrase, 'sluice.session', 32);
    keys.set(passphrase, key);
  }
  return key;
}
