import type { RequestRecord } from '../core/request-record.ts';

/** Environment variables that change how the server answers, as in Apache. */
const specialVariables: readonly (readonly [name: string, obey: (r: RequestRecord) => void])[] = [
  ['nokeepalive', (r) => r.errHeadersOut.set('Connection', 'close')],
];

/** Does what the variables that are set ask for; called by the directives that set some. */
export function obeySpecialVariables(r: RequestRecord): void {
  for (const [name, obey] of specialVariables) if (r.env.has(name)) obey(r);
}
