import { type ConnectionRecord, OK } from 'sluice';

const plans = new Map([
  ['ada', 'Notes on the engine; the seventh will be long.'],
  ['grace', 'Looking for a moth.'],
]);

/** The finger protocol (RFC 1288): a name on a line, an answer, and the connection is over. */
export async function connectionHandler(connection: ConnectionRecord): Promise<typeof OK> {
  const name = (await connection.readLine(512)).toString().trim();
  const answer = name === '' ? [...plans.keys()].join('\r\n') : (plans.get(name) ?? `${name}: no such user`);
  await connection.write(`${answer}\r\n`);
  return OK;
}
