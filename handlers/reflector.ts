import type { Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { OK, type Verdict } from '../core/verdict.ts';

/** Request headers that come back in the answer, by their name there. */
type ReflectedHeaders = ReadonlyMap<string, string>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Request headers that the handler `reflector` sends back, and their names in the answer. */
    reflectorHeader: Directive<
      string | readonly [name: string, answer: string] | readonly (readonly [name: string, answer: string])[],
      ReflectedHeaders
    >;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const allowed = ['POST', 'OPTIONS'];

/** Sends the body of a request back, through the input and output filters in force: filters as a service. */
export const reflector = definePlugin({
  name: 'reflector',
  aliases: ['mod_reflector', 'reflector_module'],
  directives: {
    ReflectorHeader: {
      takes: 'oneOrTwo',
      usage: 'request-header [response-header]',
      help: 'A header of the request that the handler reflector sends back, and its name in the answer.',
      contexts: everywhere,
      override: 'Options',
      default: new Map(),
      parse: ([name = '', answer = name]) => new Map([[name, answer]]),
      combine: (earlier, later) => new Map([...earlier, ...later]),
      merge: (outer, inner) => new Map([...outer, ...inner]),
    },
  },
  handlers: { reflector: reflect },
});

function reflect(r: RequestRecord): Verdict | Promise<Verdict> {
  if (r.method === 'OPTIONS') {
    r.headersOut.set('Allow', allowed.join(', '));
    return OK;
  }
  r.allowed = allowed;
  return r.method === 'POST' ? sendBack(r) : 405;
}

async function sendBack(r: RequestRecord): Promise<Verdict> {
  for (const [name, answer] of r.config.reflectorHeader) {
    const value = r.headersIn.get(name);
    if (value !== undefined) r.headersOut.set(answer, value);
  }
  r.contentType = r.headersIn.get('Content-Type');
  for (let chunk = await r.read(65_536); chunk.length > 0; chunk = await r.read(65_536)) await r.write(chunk);
  return OK;
}
