import type { Config, Context } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { obeyInAnswer, obeyInErrorPage, obeySpecialVariables } from './special-variables.ts';

/** By name; undefined takes back what an outer section sets. */
type Variables = ReadonlyMap<string, string | undefined>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Sets a variable of the request's environment. */
    setEnv: Directive<string | readonly string[] | readonly (readonly string[])[], Variables>;
    /** Variables that are taken over from the server's own environment. */
    passEnv: Directive<string | readonly string[], Variables>;
    /** Takes back what SetEnv and PassEnv set in outer sections. */
    unsetEnv: Directive<string | readonly string[], Variables>;
  }
}

const contexts: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const place = { contexts, override: 'FileInfo' } as const;

/** Variables of the request's environment, set right before content is made. */
export const env = definePlugin({
  name: 'env',
  aliases: ['mod_env', 'env_module'],
  directives: {
    SetEnv: {
      ...place,
      takes: 'oneOrTwo',
      usage: 'name [value]',
      help: "Sets a variable of the request's environment, right before content is made; see SetEnvIf for earlier.",
      default: new Map(),
      parse: ([name = '', value = '']) => new Map([[name, value]]),
      combine: overlay,
      merge: overlay,
    },
    PassEnv: {
      ...place,
      takes: 'iterate',
      usage: 'name …',
      help: "Takes variables over from the server's own environment.",
      into: 'setEnv',
      parse([name = '']) {
        const value = process.env[name];
        return new Map(value === undefined ? [] : [[name, value]]);
      },
      combine: overlay,
    },
    UnsetEnv: {
      ...place,
      takes: 'iterate',
      usage: 'name …',
      help: 'Takes back what SetEnv and PassEnv set in outer sections.',
      into: 'setEnv',
      parse: ([name = '']) => new Map([[name, undefined]]),
      combine: overlay,
    },
  },
  phases: { fixup: { handler: setVariables, when: hasVariables, pure: true } },
  insertFilters: { order: 'last', when: hasVariables, insert: obeyInAnswer },
  insertErrorFilters: { order: 'last', when: hasVariables, insert: obeyInErrorPage },
});

function hasVariables({ setEnv }: Config): boolean {
  return setEnv.size > 0;
}

function overlay(earlier: Variables, later: Variables): Variables {
  return new Map([...earlier, ...later]);
}

function setVariables(r: RequestRecord): typeof DECLINED {
  // What SetEnvIf found out about the request counts more.
  for (const [name, value] of r.config.setEnv) if (value !== undefined && !r.env.has(name)) r.env.set(name, value);
  obeySpecialVariables(r);
  return DECLINED;
}
