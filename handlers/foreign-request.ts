import { IncomingMessage } from 'node:http';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';

/**
 * The request as Node's own class, for code that expects one: with the headers as they are now, and a body that comes
 * through the input filters, with limit and time-out. Frameworks replace the prototype, so that the methods are its own.
 */
export function foreignRequest(r: RequestRecord): IncomingMessage {
  const request = new IncomingMessage(r.connection.socket);
  const [major = 1, minor = 1] = r.protocol.slice('HTTP/'.length).split('.').map(Number);
  const headers = Object.create(null) as NodeJS.Dict<string>;
  const rawHeaders: string[] = [];
  for (const [name, value] of r.headersIn) {
    headers[name.toLowerCase()] = value;
    rawHeaders.push(name, value);
  }
  Object.assign(request, {
    method: r.method,
    url: r.unparsedUri,
    httpVersion: `${major}.${minor}`,
    httpVersionMajor: major,
    httpVersionMinor: minor,
    headers,
    rawHeaders,
    _read: () => pullInto(request, r),
    // Node's own would cut the connection, on which an answer is due.
    _destroy: (error: Error | null, callback: (error: Error | null) => void) => callback(error),
  });
  return request;
}

function pullInto(request: IncomingMessage, r: RequestRecord): void {
  const fail = (error: unknown): void => {
    // Body parsers wait for the end of a request that isn't complete.
    request.complete = true;
    request.destroy(error as Error);
  };
  try {
    const piece = r.body.pull();
    if (isThenable(piece)) piece.then((arrived) => give(request, arrived), fail);
    else give(request, piece);
  } catch (error) {
    fail(error);
  }
}

function give(request: IncomingMessage, piece: Buffer | null): void {
  if (piece === null) request.complete = true;
  // The class expects Node's parser to push without being asked, so that asking goes on here.
  if (request.push(piece)) request.read(0);
}
