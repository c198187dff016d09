import { METHODS } from 'node:http';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED, type Verdict } from '../core/verdict.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The only methods that are answered; `reset` takes an outer list back. */
    allowMethods: Directive<string | readonly string[], readonly string[]>;
  }
}

/** Refuses methods that a section doesn't list. */
export const allowMethods = definePlugin({
  name: 'allowmethods',
  aliases: ['mod_allowmethods', 'allowmethods_module'],
  directives: {
    AllowMethods: {
      contexts: ['directory'],
      takes: 'any',
      usage: 'reset | method …',
      help: 'The only methods that are answered; reset takes an outer list back.',
      default: [],
      parse(words, site) {
        if (words.length === 0) return site.fail('AllowMethods takes methods, or reset, but has none');
        if (words.length === 1 && words[0]!.toLowerCase() === 'reset') return [];
        const unknown = words.find((word) => !METHODS.includes(word));
        if (unknown !== undefined) return site.fail(`AllowMethods takes methods such as GET, not "${unknown}"`);
        // HEAD is a GET without the body, as in Apache.
        const withHead = words.flatMap((word) => (word === 'GET' || word === 'HEAD' ? ['GET', 'HEAD'] : [word]));
        return [...new Set(withHead)];
      },
      combine: (earlier, later) => (later.length === 0 ? [] : [...new Set([...earlier, ...later])]),
    },
  },
  phases: {
    access: { handler: checkMethod, order: 'first', when: (config) => config.allowMethods.length > 0 },
  },
});

function checkMethod(r: RequestRecord): Verdict {
  const { allowMethods: methods } = r.config;
  r.allowed = methods;
  if (methods.includes(r.method)) return DECLINED;
  r.log(`the method ${r.method} is not among those of AllowMethods: ${r.uri}`, 'error');
  return 405;
}
