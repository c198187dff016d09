/** What a client sends is no request; the connection can't go on, since nobody knows where the next one begins. */
export class ProtocolError extends Error {}

const MOST_ARGUMENTS = 1_024;
const LONGEST_ARGUMENT = 1_048_576;
const LONGEST_LINE = 65_536;
/** Bytes of one request that isn't complete yet. */
const LONGEST_REQUEST = 8_388_608;

/**
 * Cuts a stream of bytes into requests: arrays of bulk strings (`*2\r\n$3\r\nGET\r\n$1\r\na\r\n`) or, for people, lines of words
 * (`GET a\r\n`). Each byte is a character of the same code, so that keys and values may be any bytes.
 */
export class RequestParser {
  #text = '';
  #at = 0;

  add(piece: Buffer): void {
    this.#text = this.#text.slice(this.#at) + piece.toString('latin1');
    this.#at = 0;
  }

  /** The next request that is complete; throws a ProtocolError for what is none. */
  next(): string[] | undefined {
    for (;;) {
      const begin = this.#at;
      const request = this.#text[begin] === '*' ? this.#readArray() : this.#readLine()?.split(' ').filter(Boolean);
      if (request === undefined) {
        this.#at = begin;
        if (this.#text.length - begin > LONGEST_REQUEST) throw new ProtocolError('too big request');
        return undefined;
      }
      if (request.length > 0) return request;
    }
  }

  #readArray(): string[] | undefined {
    const count = this.#readLength('*', MOST_ARGUMENTS, 'invalid multibulk length');
    if (count === undefined) return undefined;
    const request: string[] = [];
    while (request.length < count) {
      const argument = this.#readBulk();
      if (argument === undefined) return undefined;
      request.push(argument);
    }
    return request;
  }

  #readBulk(): string | undefined {
    const length = this.#readLength('$', LONGEST_ARGUMENT, 'invalid bulk length');
    if (length === undefined || this.#text.length < this.#at + length + 2) return undefined;
    const argument = this.#text.slice(this.#at, this.#at + length);
    this.#at += length + 2;
    return argument;
  }

  /** `*2\r\n` or `$3\r\n`. */
  #readLength(sign: string, most: number, message: string): number | undefined {
    const line = this.#readLine();
    if (line === undefined) return undefined;
    if (line[0] !== sign) throw new ProtocolError(`expected '${sign}', got '${line[0] ?? ' '}'`);
    const length = /^.\d{1,9}$/s.test(line) ? Number(line.slice(1)) : Number.NaN;
    if (!(length <= most)) throw new ProtocolError(message);
    return length;
  }

  #readLine(): string | undefined {
    const end = this.#text.indexOf('\n', this.#at);
    if ((end === -1 ? this.#text.length : end) - this.#at > LONGEST_LINE) {
      throw new ProtocolError('too big inline request');
    }
    if (end === -1) return undefined;
    const line = this.#text.slice(this.#at, this.#text[end - 1] === '\r' ? end - 1 : end);
    this.#at = end + 1;
    return line;
  }
}
