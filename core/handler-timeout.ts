import type { RequestRecord } from './request-record.ts';

/**
 * Waits for work on a request as long as it makes progress: HandlerTimeout starts anew whenever bytes have moved. Gives 503
 * when the time is up, with the request's signal aborted and its record closed; `who` names the culprit in the log.
 */
export async function withinTime<T>(r: RequestRecord, work: Promise<T>, who: string): Promise<T | 503> {
  const seconds = r.config.handlerTimeout;
  if (seconds === 0) return work;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<503>((resolve) => {
    const wait = (seen: number): void => {
      timer = setTimeout(() => {
        const moved = r.bytesMoved;
        if (moved !== seen) return wait(moved);
        const error = new Error(`no answer and no byte moved for ${seconds} s (HandlerTimeout)`);
        r.abort(error);
        r.close('the handler ran out of time');
        r.log(`${who}: ${error.message}`, 'error', r.step?.plugin);
        resolve(503);
      }, seconds * 1_000);
    };
    wait(r.bytesMoved);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
