import type { IncomingMessage } from 'node:http';

/**
 * Reads what is left of a request's body and drops it, whoever was reading it before. True when its end was reached within
 * `maximum` bytes and `milliseconds`.
 */
export function drainRequest(request: IncomingMessage, maximum: number, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    let left = maximum;
    const settle = (drained: boolean): void => {
      clearTimeout(timer);
      request.off('data', count).pause();
      resolve(drained);
    };
    const count = (piece: Buffer): void => {
      left -= piece.length;
      if (left < 0) settle(false);
    };
    const timer = setTimeout(settle, milliseconds, false);
    request
      .removeAllListeners('readable')
      .on('data', count)
      .once('end', () => settle(true))
      .once('error', () => settle(false))
      .once('close', () => settle(false))
      .resume();
  });
}
