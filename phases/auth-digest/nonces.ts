import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';

/** Counts below the highest one that may still come, as browsers send several requests at once. */
const WINDOW = 31;

interface Uses {
  readonly made: number;
  highest: number;
  /** Bit n: the count n below the highest has been used. */
  recent: number;
}

/**
 * Makes nonces that tell when, for which realm and by whom they were made, so that none need be remembered; the key dies
 * with the process. What is remembered are the counts that clients have used (RFC 7616 §3.3, §5.4).
 */
export class Nonces {
  readonly #key = createSecretKey(randomBytes(32));
  readonly #limit: number;
  /** The one used longest ago first. */
  readonly #uses = new Map<string, Uses>();
  /** Of nonces made until then, some uses have been forgotten. */
  #forgottenUntil = 0;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  make(realm: string, now = Date.now()): string {
    const head = Buffer.alloc(18);
    head.writeUIntBE(now, 0, 6);
    randomBytes(12).copy(head, 6);
    return Buffer.concat([head, this.#sign(head, realm)]).toString('base64url');
  }

  /** When a nonce was made; undefined where it is not of this process or for another realm. */
  madeAt(nonce: string, realm: string): number | undefined {
    const bytes = Buffer.from(nonce, 'base64url');
    if (bytes.length !== 18 + 32 || bytes.toString('base64url') !== nonce) return undefined;
    const head = bytes.subarray(0, 18);
    return timingSafeEqual(bytes.subarray(18), this.#sign(head, realm)) ? head.readUIntBE(0, 6) : undefined;
  }

  /** Uses a count of a nonce; false where it has been used, or might have been. */
  use(nonce: string, made: number, count: number): boolean {
    const uses = this.#uses.get(nonce);
    if (uses === undefined) {
      if (made <= this.#forgottenUntil || count < 1) return false;
      this.#remember(nonce, { made, highest: count, recent: 1 });
      return true;
    }
    this.#uses.delete(nonce);
    this.#remember(nonce, uses);
    return take(uses, count);
  }

  #remember(nonce: string, uses: Uses): void {
    this.#uses.set(nonce, uses);
    if (this.#uses.size <= this.#limit) return;
    const [oldest, { made }] = this.#uses.entries().next().value!;
    this.#uses.delete(oldest);
    this.#forgottenUntil = Math.max(this.#forgottenUntil, made);
  }

  #sign(head: Buffer, realm: string): Buffer {
    return createHmac('sha256', this.#key).update(head).update(realm).digest();
  }
}

function take(uses: Uses, count: number): boolean {
  const below = uses.highest - count;
  if (below < 0) {
    uses.recent = (below <= -WINDOW ? 0 : (uses.recent << -below) & 0x7fff_ffff) | 1;
    uses.highest = count;
    return true;
  }
  const bit = 2 ** below;
  if (count < 1 || below >= WINDOW || (uses.recent & bit) !== 0) return false;
  uses.recent |= bit;
  return true;
}
