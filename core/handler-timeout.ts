import type { RequestRecord } from './request-record.ts';

/**
 * Waits for work on a request as long as it makes progress: HandlerTimeout starts anew whenever bytes have moved. Gives 503
 * when the time is up, with the request's signal aborted and its record closed; `who` names the culprit in the log.
 */
export function withinTime<T>(r: RequestRecord, work: Promise<T>, who: string): Promise<T | 503> {
  const seconds = r.config.handlerTimeout;
  if (seconds === 0) return work;
  return new Promise((resolve, reject) => {
    let seen = r.bytesMoved;
    const timer = setTimeout(() => {
      if (r.bytesMoved !== seen) {
        seen = r.bytesMoved;
        timer.refresh();
        return;
      }
      const error = new Error(`no answer and no byte moved for ${seconds} s (HandlerTimeout)`);
      r.abort(error);
      r.close('the handler ran out of time');
      r.log(`${who}: ${error.message}`, 'error', r.step?.plugin);
      resolve(503);
    }, seconds * 1_000);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
