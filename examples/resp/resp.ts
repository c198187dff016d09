import { type ConnectionRecord, OK } from 'sluice';
import { execute } from './commands.ts';
import { ProtocolError, RequestParser } from './request-parser.ts';
import { Store } from './store.ts';

/** Replies of a pipeline leave together, in pieces of about this size. */
const REPLY_SIZE = 65_536;

/** Keys and values of all clients; each character is a byte. */
export const store = new Store();

/** One client: every request gets its reply, in order, however many come at once. */
export async function connectionHandler(connection: ConnectionRecord): Promise<typeof OK> {
  // As with Redis, a client may be silent for as long as it likes.
  connection.timeout = 0;
  const requests = new RequestParser();
  try {
    for await (const piece of connection) {
      requests.add(piece);
      if (await answerAll(requests, connection)) return OK;
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    await connection.write(`-ERR Protocol error: ${error.message}\r\n`);
  }
  return OK;
}

/** Answers the requests that are complete; true where the client says goodbye. */
async function answerAll(requests: RequestParser, connection: ConnectionRecord): Promise<boolean> {
  let replies = '';
  let isOver = false;
  try {
    for (let request = requests.next(); request !== undefined && !isOver; request = requests.next()) {
      replies += execute(store, request);
      isOver = request[0]!.toUpperCase() === 'QUIT';
      if (replies.length < REPLY_SIZE) continue;
      await connection.write(Buffer.from(replies, 'latin1'));
      replies = '';
    }
  } finally {
    // Before a request that can't be read, there may have been others.
    if (replies !== '') await connection.write(Buffer.from(replies, 'latin1'));
  }
  return isOver;
}
