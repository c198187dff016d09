import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import { timingFilter } from './logio/first-byte.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether the time to the first byte of an answer is taken, for `%^FB` in logs. */
    logIOTrackTTFB: Directive<boolean>;
  }
}

/** What log formats need of the connection besides the numbers that a socket has anyway: `%I`, `%O` and `%S` need nothing. */
export const logIO = definePlugin({
  name: 'logio',
  aliases: ['mod_logio', 'logio_module'],
  directives: {
    LogIOTrackTTFB: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether the time to the first byte of an answer is taken, for %^FB in log formats.',
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'Options',
      default: false,
    },
  },
  insertFilters: { order: 'last', when: ({ logIOTrackTTFB }) => logIOTrackTTFB, insert: addTimer },
  insertErrorFilters: { order: 'last', when: ({ logIOTrackTTFB }) => logIOTrackTTFB, insert: addTimer },
});

function addTimer(r: RequestRecord): void {
  if (r.main === undefined) r.addOutputFilter(timingFilter);
}
