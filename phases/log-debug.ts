import type { Config } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import type { PhaseName } from '../core/phases.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { isThenable } from '../core/thenable.ts';
import { messageOf } from '../core/thrown.ts';
import { DECLINED } from '../core/verdict.ts';
import { type LogMessage, parseLogMessage } from './log-debug/log-message.ts';

type MessageLine = readonly [message: string, ...options: string[]];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** A line for the error log, written in a phase of matching requests: `['at %{REQUEST_URI}', 'hook=fixup']`. */
    logMessage: Directive<string | MessageLine | readonly MessageLine[], readonly LogMessage[]>;
  }
}

/** Lines in the error log that say which requests came by, and what was known of them in a phase. */
export const logDebug = definePlugin({
  name: 'log_debug',
  aliases: ['mod_log_debug', 'log_debug_module'],
  directives: {
    LogMessage: {
      takes: 'oneToThree',
      usage: '"text with %{VARIABLES}" [hook=phase|all] [expr=condition]',
      help: 'A line for the error log at level info, written in the log phase or another one.',
      contexts: ['server config', 'virtual host', 'directory'],
      default: [],
      parse: (words, site) => [parseLogMessage(words, site)],
      combine: (earlier, later) => [...earlier, ...later],
      merge: (outer, inner) => [...outer, ...inner],
    },
  },
  phases: {
    postReadRequest: watch('postReadRequest'),
    translate: watch('translate'),
    mapToStorage: watch('mapToStorage'),
    headerParser: watch('headerParser'),
    access: watch('access'),
    type: watch('type'),
    fixup: watch('fixup'),
    log: watch('log'),
  },
  // Before the handlers that the config lists, which may leave no hook to be asked.
  insertFilters: { order: 'first', when: isWatched('content'), insert: (r) => logMessages(r, 'content') },
});

interface Watcher {
  readonly order: 'first';
  readonly when: (config: Config) => boolean;
  readonly handler: (r: RequestRecord) => typeof DECLINED;
}

function watch(phase: PhaseName): Watcher {
  return {
    order: 'first',
    when: isWatched(phase),
    handler(r) {
      logMessages(r, phase);
      return DECLINED;
    },
  };
}

function isWatched(phase: PhaseName): (config: Config) => boolean {
  return ({ logMessage }) => logMessage.some(({ moments }) => moments.has(phase));
}

/** What is wrong with a message never stops the request. */
function logMessages(r: RequestRecord, phase: PhaseName): void {
  if (!r.server.log.enabled('info', 'log_debug', r)) return;
  for (const message of r.config.logMessage) {
    if (!message.moments.has(phase)) continue;
    try {
      const text = message.text(r);
      if (isThenable(text))
        text.then(
          (ready) => write(r, ready),
          (error: unknown) => complain(r, error),
        );
      else write(r, text);
    } catch (error) {
      complain(r, error);
    }
  }
}

function write(r: RequestRecord, text: string | undefined): void {
  if (text !== undefined) r.log(text, 'info', 'log_debug');
}

function complain(r: RequestRecord, error: unknown): void {
  r.log(`LogMessage failed: ${messageOf(error)}`, 'warn', 'log_debug');
}
