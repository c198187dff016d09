import type { Context, DirectiveSite } from '../core/config/directive.ts';
import { escapePath } from '../core/escape-path.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { DECLINED, OK, type Verdict } from '../core/verdict.ts';

/** Who makes the content of a kind of file. */
export interface Action {
  /** A path of this server. */
  readonly script: string;
  /** Whether there needn't be a file. */
  readonly virtual: boolean;
}

type ActionInput = readonly [kind: string, script: string, virtual?: 'virtual'];
type ScriptInput = readonly [method: string, script: string];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A content type or handler name, and the path of this server that makes the content of such files. */
    action: Directive<ActionInput | readonly ActionInput[], ReadonlyMap<string, Action>>;
    /** A method, and the path of this server that answers its requests. */
    script: Directive<ScriptInput | readonly ScriptInput[], ReadonlyMap<string, string>>;
  }
}

const anywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

/** Gives requests to another path of this server, by the kind of the file or by the method. */
export const actions = definePlugin({
  name: 'actions',
  aliases: ['mod_actions', 'actions_module'],
  directives: {
    Action: {
      takes: 'twoOrThree',
      usage: 'content-type-or-handler url-path [virtual]',
      help: 'The path of this server that makes the content of such files, and gets their path behind its own; virtual where there need not be a file.',
      contexts: anywhere,
      override: 'FileInfo',
      default: new Map(),
      parse: parseAction,
      combine: overlay,
      merge: overlay,
    },
    Script: {
      takes: 'two',
      usage: 'method url-path',
      help: 'The path of this server that answers requests with a method; with GET only those that have a query.',
      contexts: ['server config', 'virtual host', 'directory'],
      default: new Map(),
      parse: parseScript,
      combine: overlay,
      merge: overlay,
    },
  },
  phases: {
    content: { order: 'last', handler: act, when: (config) => config.action.size > 0 || config.script.size > 0 },
  },
});

function overlay<V>(below: ReadonlyMap<string, V>, above: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...below, ...above]);
}

function parseAction(
  [kind = '', script = '', word]: readonly string[],
  site: DirectiveSite,
): ReadonlyMap<string, Action> {
  if (word !== undefined && word.toLowerCase() !== 'virtual') {
    return site.fail(`the third word of Action is virtual, not "${word}"`);
  }
  return new Map([[kind.toLowerCase(), { script: checkPath(script, site), virtual: word !== undefined }]]);
}

function parseScript([method = '', script = '']: readonly string[], site: DirectiveSite): ReadonlyMap<string, string> {
  const name = method.toUpperCase();
  if (name === 'TRACE') return site.fail('Script takes any method but TRACE, which the server answers itself');
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return site.fail(`"${method}" can't be a method`);
  return new Map([[name, checkPath(script, site)]]);
}

function checkPath(path: string, site: DirectiveSite): string {
  if (path.startsWith('/')) return path;
  return site.fail(`${site.name} takes a path of this server that begins with a slash, not "${path}"`);
}

function act(r: RequestRecord): Verdict | Promise<Verdict> {
  // A plugin's own handler is asked first, as in Apache.
  if (r.handler !== undefined && r.server.handlers.has(r.handler.toLowerCase())) return DECLINED;
  const kind = r.handler ?? r.contentType?.replace(/;.*$/s, '').trimEnd();
  const action = kind === undefined ? undefined : r.config.action.get(kind.toLowerCase());
  if (action === undefined) return runScript(r);
  if (!action.virtual && r.finfo === undefined) return 404;
  r.env.set('HANDLER', kind!);
  return handOver(r, action.script);
}

function runScript(r: RequestRecord): Verdict | Promise<Verdict> {
  const isRead = r.method === 'GET' || r.method === 'HEAD';
  const script = isRead && r.args === undefined ? undefined : r.config.script.get(isRead ? 'GET' : r.method);
  // The path that is to answer meets the same line; twice is enough to see whether it makes content of its own.
  if (script === undefined || r.prev?.prev !== undefined) return DECLINED;
  return handOver(r, script);
}

function handOver(r: RequestRecord, script: string): Verdict | Promise<Verdict> {
  const query = r.args === undefined ? '' : `?${r.args}`;
  const done = r.internalRedirect(script + escapePath(r.uri) + query);
  return isThenable(done) ? done.then(() => OK) : OK;
}
