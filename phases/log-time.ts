import type { RequestRecord } from '../core/request-record.ts';
import { compileStrftime } from '../core/log/strftime.ts';

/** The argument of `%{…}t`: empty for the common log format, a unit, or a strftime format; behind `begin:` or `end:`. */
export function compileLogTime(argument: string): (r: RequestRecord) => string {
  const [, moment, format = ''] = /^(?:(begin|end)(?::|$))?(.*)$/su.exec(argument)!;
  const text = units.get(format) ?? perSecond(format === '' ? commonLogFormat : format);
  return moment === 'end' ? () => text(Date.now()) : (r) => text(r.requestTime);
}

const commonLogFormat = '[%d/%b/%Y:%H:%M:%S %z]';

/** They stand alone: a strftime format has no fractions of a second. */
const units: ReadonlyMap<string, (time: number) => string> = new Map([
  ['sec', (time) => String(Math.floor(time / 1000))],
  ['msec', (time) => String(time)],
  ['usec', (time) => String(time * 1000)],
  ['msec_frac', (time) => String(time % 1000).padStart(3, '0')],
  ['usec_frac', (time) => String((time % 1000) * 1000).padStart(6, '0')],
]);

/** Requests of the same second share the text. */
function perSecond(format: string): (time: number) => string {
  const compiled = compileStrftime(format);
  let second = -1;
  let text = '';
  return (time) => {
    const now = Math.floor(time / 1000);
    if (now !== second) {
      second = now;
      text = compiled(new Date(now * 1000));
    }
    return text;
  };
}
