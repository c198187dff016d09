import { buffer } from 'node:stream/consumers';
import { runConnectionPhase } from '../core/connection/connection-phase.ts';
import type { ConnectionHandler } from '../core/handler.ts';
import { type FakeConnectionOptions, freshConnection } from './fake-connection.ts';
import { type Split, splitsOf } from './splits.ts';
import { within } from './within.ts';

/** How `runConnection` feeds a handler. */
export interface RunConnectionOptions extends FakeConnectionOptions {
  /** For the random pieces; a failure names it. */
  readonly seed?: number;
  /** Milliseconds after which a handler counts as one that never ends; 2000 by default. */
  readonly timeout?: number;
}

/** What came of a connection. */
export interface ConnectionOutcome {
  /** What the client received. */
  readonly output: Buffer;
  /** The same as text. */
  readonly text: string;
  /** True where the handler left the connection to HTTP. */
  readonly declined: boolean;
  /** What HTTP would then read. */
  readonly left: Buffer;
}

/**
 * Sends a client's side of a conversation to a connection handler, closes it, and gives what came of it. It is sent again cut
 * every way in which a network can cut it; rejects where that makes a difference, and where the handler fails.
 *
 * @example
 * const { text } = await runConnection(shout, ['hello\n']);
 * expect(text).toBe('HELLO\n');
 */
export async function runConnection(
  handler: ConnectionHandler,
  chunks: readonly (string | Uint8Array)[],
  options: RunConnectionOptions = {},
): Promise<ConnectionOutcome> {
  const [asGiven, ...others] = splitsOf(chunks, options.seed ?? Math.floor(Math.random() * 2 ** 32));
  const expected = await converse(handler, asGiven!, options);
  for (const split of others) {
    const { output, declined } = await converse(handler, split, options);
    if (declined !== expected.declined || !output.equals(expected.output)) {
      throw new Error(
        `the handler ${handler.name} answers otherwise when it is fed ${split.name}: ` +
          `${summary(output, declined)} instead of ${summary(expected.output, expected.declined)}; it must not depend on where its input is cut`,
      );
    }
  }
  return expected;
}

async function converse(
  handler: ConnectionHandler,
  split: Split,
  options: RunConnectionOptions,
): Promise<ConnectionOutcome> {
  const config = { ...options.config, connectionHandler: [{ name: handler.name, call: handler }] };
  const connection = freshConnection({ ...options, config });
  const { peer, logged } = connection;
  const phase = Promise.resolve(runConnectionPhase(connection, connection.server));
  for (const brigade of split.brigades) {
    peer.send(...brigade.filter((bucket) => typeof bucket === 'string' || ArrayBuffer.isView(bucket)));
    // Whoever reads gets each brigade by itself.
    await new Promise((resolve) => setImmediate(resolve));
  }
  peer.end();
  const late = `the handler ${handler.name}, fed ${split.name}, did not come to an end`;
  const declined = !(await within(options.timeout ?? 2_000, phase, late));
  const left = declined ? await buffer(connection.socket) : Buffer.alloc(0);
  const failure = logged.find(({ level }) => level === 'error');
  if (failure !== undefined) throw new Error(`fed ${split.name}: ${failure.message}`);
  return { output: peer.received, text: peer.text, declined, left };
}

function summary(output: Buffer, declined: boolean): string {
  return declined ? 'it declined' : JSON.stringify(output.subarray(0, 80).toString('latin1'));
}
