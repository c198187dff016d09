import { type Alarm, callOff, setAlarm } from './alarm-clock.ts';
import type { RequestRecord } from './request-record.ts';

/**
 * Waits for work on a request as long as it makes progress: HandlerTimeout starts anew whenever bytes have moved. Gives 503
 * when the time is up, with the request's signal aborted and its record closed; a filter that doesn't come to an end, `who`,
 * or the handler that runs is the culprit in the log.
 */
export function withinTime<T>(r: RequestRecord, work: Promise<T>, who?: string): Promise<T | 503> {
  const seconds = r.config.handlerTimeout;
  if (seconds === 0) return work;
  return new Promise((resolve, reject) => {
    let seen = r.bytesMoved;
    const alarm: Alarm = {
      due: 0,
      place: 0,
      ring() {
        // Behind a 101 the connection has time-outs of its own.
        if (r.bytesMoved !== seen || r.status === 101) {
          seen = r.bytesMoved;
          return setAlarm(alarm, seconds * 1_000);
        }
        const error = new Error(`no answer and no byte moved for ${seconds} s (HandlerTimeout)`);
        r.abort(error);
        r.close('the handler ran out of time');
        const culprit = r.stuckFilter?.who ?? who ?? `${r.phase} handler ${r.step?.name}`;
        r.log(`${culprit}: ${error.message}`, 'error', r.step?.plugin);
        resolve(503);
      },
    };
    setAlarm(alarm, seconds * 1_000);
    work.then(
      (result) => {
        callOff(alarm);
        resolve(result);
      },
      (error: unknown) => {
        callOff(alarm);
        reject(error);
      },
    );
  });
}
