interface Entry {
  value: string;
  /** Milliseconds since 1970; Infinity where it never expires. */
  expires: number;
  /** Grows with every new entry: where a SCAN was interrupted, it goes on behind this. */
  readonly number: number;
}

/** What an entry costs besides its key and value, about. */
const ENTRY_SIZE = 100;

/** Keys and values in memory, no more than `limit` bytes of them. */
export class Store {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;
  #size = 0;
  #count = 0;

  constructor(limit = 67_108_864) {
    this.#limit = limit;
  }

  get(key: string): string | undefined {
    return this.#find(key)?.value;
  }

  /** False where there is no room for it. */
  set(key: string, value: string, expires = Number.POSITIVE_INFINITY): boolean {
    const entry = this.#find(key);
    const growth = entry === undefined ? key.length + value.length + ENTRY_SIZE : value.length - entry.value.length;
    if (this.#size + growth > this.#limit) this.#dropExpired();
    if (this.#size + growth > this.#limit) return false;
    this.#size += growth;
    if (entry === undefined) this.#entries.set(key, { value, expires, number: ++this.#count });
    else Object.assign(entry, { value, expires });
    return true;
  }

  delete(key: string): boolean {
    const entry = this.#find(key);
    if (entry === undefined) return false;
    this.#drop(key, entry);
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }

  /** Milliseconds until it expires, Infinity for never; undefined where there is no such key. */
  timeLeft(key: string): number | undefined {
    const entry = this.#find(key);
    return entry === undefined ? undefined : entry.expires - Date.now();
  }

  expire(key: string, expires: number): boolean {
    const entry = this.#find(key);
    if (entry !== undefined) entry.expires = expires;
    return entry !== undefined;
  }

  /** The keys behind the entry `number`, each with its own number. */
  *keys(number = 0): Generator<readonly [key: string, number: number]> {
    const now = Date.now();
    for (const [key, entry] of this.#entries)
      if (entry.number > number && entry.expires > now) yield [key, entry.number];
  }

  #find(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expires > Date.now()) return entry;
    this.#drop(key, entry);
    return undefined;
  }

  #dropExpired(): void {
    const now = Date.now();
    for (const [key, entry] of this.#entries) if (entry.expires <= now) this.#drop(key, entry);
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#size -= key.length + entry.value.length + ENTRY_SIZE;
  }
}
