import type { Context } from '../core/config/directive.ts';
import type { ConnectionRecord } from '../core/connection-record.ts';
import type { ConnectionFilter } from '../core/filter/filter.ts';
import { definePlugin } from '../core/plugin.ts';
import { DECLINED } from '../core/verdict.ts';

declare module '../core/config/directive.ts' {
  interface Directives {
    /** Whether everything that connections receive is logged. */
    dumpIOInput: Directive<boolean>;
    /** Whether everything that they send is. */
    dumpIOOutput: Directive<boolean>;
  }
}

const server: readonly Context[] = ['server config'];

/** Logs every byte of connections, secrets included, at the level `dumpio:trace7`. */
export const dumpIO = definePlugin({
  name: 'dumpio',
  aliases: ['mod_dumpio', 'dumpio_module'],
  directives: {
    DumpIOInput: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether everything that connections receive is logged, at the level dumpio:trace7.',
      contexts: server,
      default: false,
    },
    DumpIOOutput: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether everything that connections send is logged, at the level dumpio:trace7.',
      contexts: server,
      default: false,
    },
  },
  connection: {
    order: 'first',
    when: ({ dumpIOInput, dumpIOOutput }) => dumpIOInput || dumpIOOutput,
    handler(connection) {
      const { dumpIOInput, dumpIOOutput } = connection.server.config;
      if (dumpIOInput) connection.addInputFilter(dumping('dumpio_in', connection));
      if (dumpIOOutput) connection.addOutputFilter(dumping('dumpio_out', connection));
      return DECLINED;
    },
  },
});

function dumping(name: string, connection: ConnectionRecord): ConnectionFilter {
  return {
    type: 'network',
    data(chunk, f) {
      const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
      connection.log(`${name} (data): ${chunk.length} bytes`, 'trace7', 'dumpio');
      connection.log(`${name} (data): ${text}`, 'trace7', 'dumpio');
      return f.passOn(chunk);
    },
    end: () => connection.log(`${name} (metadata-EOS): 0 bytes`, 'trace7', 'dumpio'),
  };
}
