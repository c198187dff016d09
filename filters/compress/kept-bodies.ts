/** Compressed bodies by what they were made of; the one that nobody has asked for longest goes first. */
export class KeptBodies {
  readonly #bodies = new Map<string, Uint8Array>();
  #bytes = 0;

  get(key: string): Uint8Array | undefined {
    const body = this.#bodies.get(key);
    if (body !== undefined) {
      this.#bodies.delete(key);
      this.#bodies.set(key, body);
    }
    return body;
  }

  /** Keeps a body while all of them together have no more bytes than `limit`. */
  keep(key: string, body: Uint8Array, limit: number): void {
    if (body.length > limit) return;
    this.#bytes += body.length - (this.#bodies.get(key)?.length ?? 0);
    this.#bodies.delete(key);
    this.#bodies.set(key, body);
    for (const [oldest, { length }] of this.#bodies) {
      if (this.#bytes <= limit) return;
      this.#bodies.delete(oldest);
      this.#bytes -= length;
    }
  }
}
