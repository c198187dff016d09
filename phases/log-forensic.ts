import { openLogFile } from '../core/log/open-log-file.ts';
import type { LogSink } from '../core/log/log-sink.ts';
import { logTargetUsage, resolveLogTarget } from '../core/log/log-target.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import type { ServerRecord } from '../core/server-record.ts';
import { DECLINED } from '../core/verdict.ts';
import { makeUniqueId } from './unique-id/make-unique-id.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A log with a line before a request is looked at, and one when it has its answer: what is left open went wrong. */
    forensicLog: Directive<string, string | undefined>;
  }
}

/** Tells which requests a server was at work on when it died. */
export const logForensic = definePlugin({
  name: 'log_forensic',
  aliases: ['mod_log_forensic', 'log_forensic_module'],
  directives: {
    ForensicLog: {
      takes: 'one',
      usage: logTargetUsage,
      help: 'A log with the head of each request before it is looked at (+id), and a line when it has its answer (-id).',
      contexts: ['server config', 'virtual host'],
      parse: ([target = ''], site) => resolveLogTarget(target, site),
    },
  },
  phases: {
    postReadRequest: { order: 'first', after: ['unique_id'], handler: logBefore, when: isOn },
    log: { order: 'last', handler: logAfter, when: isOn },
  },
  setup(server) {
    const { forensicLog } = server.config;
    if (forensicLog !== undefined) logs.set(server, openLogFile(forensicLog));
  },
  close(server) {
    logs.get(server)?.close();
  },
});

const logs = new WeakMap<ServerRecord, LogSink>();

/** Under this name in the request's notes, for other logs too. */
const noteName = 'forensic-id';

function isOn({ forensicLog }: { readonly forensicLog: string | undefined }): boolean {
  return forensicLog !== undefined;
}

function logBefore(r: RequestRecord): typeof DECLINED {
  if (r.prev !== undefined) return DECLINED;
  const id = (r.hasEnv ? r.env.get('UNIQUE_ID') : undefined) ?? makeUniqueId();
  r.notes.set(noteName, id);
  const fields = Array.from(r.headersIn, ([name, value]) => `|${escape(name)}:${escape(value)}`);
  logs.get(r.server)?.write(`+${id}|${escape(r.theRequest)}${fields.join('')}`);
  return DECLINED;
}

function logAfter(r: RequestRecord): void {
  const id = r.notes.get(noteName);
  if (id !== undefined) logs.get(r.server)?.write(`-${id}`);
}

/** What separates the parts, and everything that isn't plain, as `%` and two digits. */
function escape(text: string): string {
  return text.replace(/[^ -$&-9;-{}~]/g, (character) =>
    Array.from(Buffer.from(character, 'latin1'), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
