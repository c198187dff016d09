import type { Socket } from 'node:net';

/** The client closed, or was cut, before it had sent what was waited for. */
export class SocketGone extends Error {
  readonly code = 'ERR_SLUICE_SOCKET_GONE';
}

/** What was found in a socket's first bytes, and how many of them it took. */
export interface Found<T> {
  readonly value: T;
  readonly length: number;
}

/**
 * Reads the first bytes of a socket until `find` has what it looks for; whoever reads next gets the bytes behind it.
 * Rejects with what `find` throws, and with SocketGone.
 */
export function readAhead<T>(socket: Socket, find: (bytes: Buffer) => Found<T> | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    let read: Buffer = Buffer.alloc(0);
    const settle = (): void => {
      socket.off('readable', look).off('end', leave).off('close', leave);
    };
    const leave = (): void => {
      settle();
      reject(new SocketGone('the client is gone'));
    };
    const look = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      read = read.length === 0 ? chunk : Buffer.concat([read, chunk]);
      try {
        const found = find(read);
        if (found === undefined) return;
        settle();
        if (found.length < read.length) socket.unshift(read.subarray(found.length));
        resolve(found.value);
      } catch (error) {
        settle();
        reject(error);
      }
    };
    socket.on('readable', look).once('end', leave).once('close', leave);
  });
}
