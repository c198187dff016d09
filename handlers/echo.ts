import type { ConnectionRecord } from '../core/connection-record.ts';
import { definePlugin } from '../core/plugin.ts';
import { OK } from '../core/verdict.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether connections get back what they send. */
    protocolEcho: Directive<boolean>;
  }
}

/** The echo protocol (RFC 862): whatever comes in on a connection goes out again. */
export const echo = definePlugin({
  name: 'echo',
  aliases: ['mod_echo', 'echo_module'],
  directives: {
    ProtocolEcho: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether connections get back what they send, instead of HTTP.',
      contexts: ['server config', 'virtual host'],
      default: false,
    },
  },
  connection: { when: ({ protocolEcho }) => protocolEcho, handler: sendBack },
  connectionHandlers: { echo: sendBack },
});

async function sendBack(connection: ConnectionRecord): Promise<typeof OK> {
  for await (const piece of connection) await connection.write(piece);
  return OK;
}
