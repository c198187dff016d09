import { type IncomingMessage, type OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';

type Callback = (error?: Error | null) => void;

/** A response that Connect middleware writes to; what it writes passes the output filters. */
export interface ForeignResponse {
  readonly response: ServerResponse;
  /** Resolves when it was ended and everything written has been taken over; rejects where that failed or it was destroyed. */
  readonly ended: Promise<void>;
}

/**
 * Makes the response for `r` as Node's own class. Frameworks replace the prototype of a response, so that the methods are
 * its own.
 */
export function foreignResponse(r: RequestRecord, request: IncomingMessage): ForeignResponse {
  const response = new ServerResponse(request);
  const writeHead = response.writeHead.bind(response);
  let resolveEnd!: () => void;
  let rejectEnd!: (error: Error) => void;
  const ended = new Promise<void>((resolve, reject) => {
    resolveEnd = resolve;
    rejectEnd = reject;
  });
  let pending: Promise<void> | undefined;

  const start = (): void => {
    if (!response.headersSent) response.writeHead(response.statusCode);
  };
  /** One piece of work after the other: filters may be asynchronous, and not everybody waits for `drain`. */
  const inTurn = (work: () => void | Promise<void>): boolean => {
    const done = pending === undefined ? work() : pending.then(work);
    if (!isThenable(done)) return true;
    const turn = done.then(
      () => {
        if (pending !== turn) return;
        pending = undefined;
        if (!response.writableEnded && !response.destroyed) response.emit('drain');
      },
      (error: Error) => rejectEnd(error),
    );
    pending = turn;
    return false;
  };

  const own: Partial<Record<keyof ServerResponse, unknown>> = {
    writeHead(status: number, ...rest: unknown[]): ServerResponse {
      const reason = typeof rest[0] === 'string' ? rest[0] : undefined;
      setHeaders(response, rest.at(-1));
      writeHead(status, ...(reason === undefined ? [] : [reason]));
      copyHead(response, r, reason);
      return response;
    },
    write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
      // Node says so too: who waits for a client that is gone waits for \`close\`.
      if (response.destroyed) return false;
      start();
      const taken = inTurn(() => r.write(toBytes(chunk, rest[0])));
      callLast(rest);
      return taken;
    },
    end(...rest: unknown[]): ServerResponse {
      if (response.writableEnded || response.destroyed) return response;
      start();
      const [chunk, encoding] = rest;
      if (typeof chunk === 'string' || ArrayBuffer.isView(chunk)) {
        inTurn(() => r.write(toBytes(chunk as string | Uint8Array, encoding)));
      }
      response.finished = true;
      const finish = (): void => {
        response.emit('finish');
        response.emit('close');
        callLast(rest);
        resolveEnd();
      };
      if (pending === undefined) finish();
      else void pending.then(finish);
      return response;
    },
    flushHeaders(): void {
      start();
      inTurn(() => r.flush());
    },
    writeContinue: () => r.sendInterim(100),
    writeEarlyHints(hints: Record<string, string | string[]>, callback?: Callback): void {
      r.sendInterim(
        103,
        Object.entries(hints).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one])),
      );
      callback?.();
    },
    destroy(error?: Error): ServerResponse {
      rejectEnd(error ?? new Error('the application destroyed its response'));
      return response;
    },
  };
  Object.assign(response, own);
  r.signal.addEventListener('abort', () => {
    response.destroyed = true;
    request.emit('aborted');
    response.emit('close');
    resolveEnd();
  });
  return { response, ended };
}

/** As `writeHead` takes them: an object, or names and values in turns. */
function setHeaders(response: ServerResponse, given: unknown): void {
  if (typeof given !== 'object' || given === null) return;
  if (!Array.isArray(given)) {
    for (const [name, value] of Object.entries(given as NodeJS.Dict<OutgoingHttpHeader>)) {
      if (value !== undefined) response.setHeader(name, value);
    }
    return;
  }
  const flat: unknown[] = given.flat();
  for (let at = 0; at < flat.length; at += 2) response.removeHeader(String(flat[at]));
  for (let at = 0; at < flat.length; at += 2) response.appendHeader(String(flat[at]), String(flat[at + 1]));
}

/** Moves status and headers of a response that Node would send to the record. */
export function copyHead(response: ServerResponse, r: RequestRecord, reason?: string): void {
  r.status = response.statusCode;
  if (reason !== undefined) r.statusLine = `${response.statusCode} ${reason}`;
  for (const name of Object.keys(response.getHeaders())) {
    const value = response.getHeader(name)!;
    if (name === 'content-type') r.contentType = String(value);
    else if (!Array.isArray(value)) r.headersOut.set(name, String(value));
    else for (const one of value) r.headersOut.append(name, one);
  }
}

function toBytes(chunk: string | Uint8Array, encoding: unknown): string | Uint8Array {
  if (typeof chunk !== 'string' || typeof encoding !== 'string' || /^utf-?8$/i.test(encoding)) return chunk;
  return Buffer.from(chunk, encoding as BufferEncoding);
}

function callLast(args: readonly unknown[]): void {
  const callback = args.at(-1);
  if (typeof callback === 'function') process.nextTick(callback);
}
