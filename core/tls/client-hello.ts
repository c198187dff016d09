const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;
/** Bytes in which a ClientHello has to be whole; they are about two thousand. */
const LONGEST_HELLO = 16_384;

/** What the first bytes of a connection to a TLS port are. */
export type FirstBytes =
  | { readonly kind: 'hello'; /** Undefined where the client names none. */ readonly serverName: string | undefined }
  | { readonly kind: 'noTls' };

/**
 * Looks for the server's name in the ClientHello that a TLS connection begins with (RFC 8446 §4.1.2, RFC 6066 §3);
 * undefined while too little of it is there. What is wrong in a hello is left to the TLS library.
 */
export function readClientHello(bytes: Buffer): FirstBytes | undefined {
  if (bytes.length > 0 && bytes[0] !== HANDSHAKE_RECORD) return { kind: 'noTls' };
  const message = joinRecords(bytes);
  if (message.length < 4) return undefined;
  const length = message.readUIntBE(1, 3);
  if (message[0] !== CLIENT_HELLO) return { kind: 'hello', serverName: undefined };
  if (message.length < 4 + length) {
    return bytes.length < LONGEST_HELLO ? undefined : { kind: 'hello', serverName: undefined };
  }
  return { kind: 'hello', serverName: findServerName(new Fields(message.subarray(4, 4 + length))) };
}

/** The handshake bytes of the records that are there. */
function joinRecords(bytes: Buffer): Buffer {
  const fragments: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === HANDSHAKE_RECORD;) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    fragments.push(bytes.subarray(at + 5, end));
    at = end;
  }
  return fragments.length === 1 ? fragments[0]! : Buffer.concat(fragments);
}

function findServerName(hello: Fields): string | undefined {
  // Version and random, session id, cipher suites, compression methods.
  hello.take(34);
  hello.vector(1);
  hello.vector(2);
  hello.vector(1);
  const extensions = new Fields(hello.vector(2));
  while (extensions.left > 0) {
    const type = extensions.number(2);
    const content = extensions.vector(2);
    if (type !== SERVER_NAME) continue;
    const names = new Fields(new Fields(content).vector(2));
    while (names.left > 0) {
      const isHostName = names.number(1) === HOST_NAME;
      const name = names.vector(2).toString('latin1');
      if (isHostName) return /^[\w.-]+$/.test(name) ? name.toLowerCase().replace(/\.$/, '') : undefined;
    }
  }
  return undefined;
}

/** Takes bytes one field after the other; what a broken length promises beyond the end isn't there. */
class Fields {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Buffer {
    const start = this.#at;
    this.#at = Math.min(start + length, this.#bytes.length);
    return this.#bytes.subarray(start, this.#at);
  }

  number(size: number): number {
    const bytes = this.take(size);
    return bytes.length === size ? bytes.readUIntBE(0, size) : 0;
  }

  /** Bytes behind their length, which is a number of `size` bytes. */
  vector(size: number): Buffer {
    return this.take(this.number(size));
  }
}
