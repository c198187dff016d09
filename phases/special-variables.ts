import type { BrigadeFilter } from '../core/filter/filter.ts';
import type { RequestRecord } from '../core/request-record.ts';

/** Environment variables that change how the server answers, as in Apache. */
const specialVariables: readonly (readonly [name: string, obey: (r: RequestRecord) => void])[] = [
  ['nokeepalive', closeConnection],
  ['downgrade-1.0', endBodyByClosing],
  // The status line itself always has the version that the server speaks (RFC 9110 §6.2).
  ['force-response-1.0', (r) => (r.protocol === 'HTTP/1.0' || r.env.has('downgrade-1.0')) && closeConnection(r)],
  [
    'force-no-vary',
    (r) => {
      endBodyByClosing(r);
      closeConnection(r);
    },
  ],
];

/** Does what the variables that are set ask for; called by the directives that set some. */
export function obeySpecialVariables(r: RequestRecord): void {
  if (r.hasEnv) for (const [name, obey] of specialVariables) if (r.env.has(name)) obey(r);
}

/** The part that waits for the answer's headers: an inserter of filters. */
export function obeyInAnswer(r: RequestRecord): void {
  if (r.main === undefined && r.hasEnv && r.env.has('force-no-vary')) r.addOutputFilter(withoutVary);
}

/** The same for the pages that the engine makes. */
export function obeyInErrorPage(r: RequestRecord): void {
  if (r.hasEnv && r.env.has('suppress-error-charset')) r.charset = undefined;
  obeyInAnswer(r);
}

function closeConnection(r: RequestRecord): void {
  r.errHeadersOut.set('Connection', 'close');
}

/** No chunks: a body of unknown length lasts until the connection ends, as for a client that speaks HTTP/1.0. */
function endBodyByClosing(r: RequestRecord): void {
  r.ctx.res.useChunkedEncodingByDefault = false;
}

const withoutVary: BrigadeFilter = {
  type: 'protocol',
  changes: 'nothing',
  brigade(brigade, f) {
    f.remove();
    f.r.headersOut.delete('Vary');
    f.r.errHeadersOut.delete('Vary');
    return brigade;
  },
};
