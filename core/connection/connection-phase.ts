import type { ConnectionRecord } from '../connection-record.ts';
import { describe } from '../phase-walk.ts';
import type { ConnectionStep } from '../plan.ts';
import type { ServerRecord } from '../server-record.ts';
import { DECLINED, DONE, OK, isServerReturn } from '../verdict.ts';
import { isConnectionAborted } from './connection-aborted.ts';
import { ConnectionChannel } from './connection-channel.ts';
import { connectionPlan } from './connection-plan.ts';
import { FilteredSocket } from './filtered-socket.ts';

/**
 * Asks the connection handlers of `server` about a new connection. True when one of them kept it: the connection is over by
 * then. False where HTTP is to have `connection.socket`, in which every byte is that handlers have looked at.
 */
export function runConnectionPhase(connection: ConnectionRecord, server: ServerRecord): boolean | Promise<boolean> {
  const { steps, inputFilters, outputFilters } = connectionPlan(server);
  connection.server = server;
  const channel = new ConnectionChannel(connection);
  connection.open(channel);
  for (const filter of inputFilters) channel.addInputFilter(filter);
  for (const filter of outputFilters) channel.addOutputFilter(filter);
  return askFrom(connection, channel, steps, 0);
}

function askFrom(
  connection: ConnectionRecord,
  channel: ConnectionChannel,
  steps: readonly ConnectionStep[],
  from: number,
): boolean | Promise<boolean> {
  for (let at = from; at < steps.length; at++) {
    const step = steps[at]!;
    const declined = ask(connection, channel, step);
    if (declined === true) continue;
    return declined.then((other) => (other ? askFrom(connection, channel, steps, at + 1) : true));
  }
  handOver(connection, channel);
  return false;
}

/** True where the handler declined; otherwise the connection is over when the promise resolves. */
function ask(connection: ConnectionRecord, channel: ConnectionChannel, step: ConnectionStep): true | Promise<boolean> {
  try {
    const answer: unknown = step.handler(connection);
    if (answer === DECLINED && channel.rewind()) return true;
    return settle(connection, channel, step, answer);
  } catch (error) {
    return settle(connection, channel, step, Promise.reject(error));
  }
}

async function settle(
  connection: ConnectionRecord,
  channel: ConnectionChannel,
  step: ConnectionStep,
  answer: unknown,
): Promise<boolean> {
  try {
    const verdict = await withVerdictOfThrown(answer);
    if (verdict === DECLINED) {
      if (channel.rewind()) return true;
      throw new Error('it declined after it had written, or read more than can be put back');
    }
    if (verdict !== OK && verdict !== DONE) throw wrongVerdict(verdict);
    await channel.end();
  } catch (error) {
    const isOver = isConnectionAborted(error);
    connection.log(
      `connection handler ${step.name}: ${isOver ? error.message : describe(error)}`,
      isOver ? 'info' : 'error',
      step.plugin,
    );
    connection.socket.destroy();
  }
  connection.release();
  return false;
}

async function withVerdictOfThrown(answer: unknown): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (isServerReturn(error) && (error.verdict === OK || error.verdict === DECLINED || error.verdict === DONE)) {
      return error.verdict;
    }
    throw error;
  }
}

function wrongVerdict(verdict: unknown): TypeError {
  const given = typeof verdict === 'number' ? String(verdict) : verdict === null ? 'null' : typeof verdict;
  return new TypeError(`it returned ${given}; it must return OK or DONE when the connection is over, or DECLINED`);
}

function handOver(connection: ConnectionRecord, channel: ConnectionChannel): void {
  if (channel.isWrapped) connection.socket = new FilteredSocket(connection.socket, channel).asSocket;
  else channel.release();
  connection.release();
}
