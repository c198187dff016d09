import { connect } from 'node:net';

/** A response as it came, its body without the framing. */
export interface RawAnswer {
  /** 0 where the server closed the connection, or waited too long, without an answer. */
  readonly status: number;
  /** Names in lower case, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const TIME_LIMIT = 10_000;

/** Sends bytes over a connection of its own and gives the final response to them. */
export function exchange(port: number, message: Uint8Array, hasBody: boolean): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    const finish = (ended: boolean): void => {
      const answer = readAnswer(received, hasBody, ended);
      if (answer === undefined) return;
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(TIME_LIMIT, () => finish(true));
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      finish(false);
    });
    socket.on('close', () => finish(true));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // What came before the reset still counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.write(message);
  });
}

/** Undefined while more is to come. */
function readAnswer(received: Buffer, hasBody: boolean, ended: boolean): RawAnswer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return ended ? { status: 0, headers: [], body: received } : undefined;
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/\d\.\d (\d{3})/.exec(statusLine)?.[1] ?? 0);
  const rest = received.subarray(end + 4);
  if (status >= 100 && status < 200) return readAnswer(rest, hasBody, ended);
  const headers = lines.map((line) => readHeader(line));
  // The server logs before it closes: whoever wants to read its log waits for that.
  const closes = headers.some(([name, value]) => name === 'connection' && value.toLowerCase() === 'close');
  if (closes && !ended) return undefined;
  const body = hasBody && status !== 204 && status !== 304 ? readBody(new Map(headers), rest, ended) : Buffer.alloc(0);
  return body === undefined ? undefined : { status, headers, body };
}

function readHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function readBody(headers: ReadonlyMap<string, string>, rest: Buffer, ended: boolean): Buffer | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(rest, ended);
  const length = headers.get('content-length');
  if (length === undefined) return ended ? rest : undefined;
  return ended || rest.length >= Number(length) ? rest.subarray(0, Number(length)) : undefined;
}

function readChunks(rest: Buffer, ended: boolean): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    if (size === 0) return Buffer.concat(chunks);
    if (lineEnd < 0 || start + size + 2 > rest.length) return ended ? Buffer.concat(chunks) : undefined;
    chunks.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
