// How much memory clients cost that ask for 20 MB, written piece by piece, and don't read:
// node bench/stalled-readers.mjs [--readers N]
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { residentMegabytes } from './process-usage.mjs';
import { ServerProcess, freePort } from './server-process.mjs';

const { values } = parseArgs({ options: { readers: { type: 'string', default: '60' } } });
const readers = Number(values.readers);
const pieces = 320;
const bytes = 65_536;

for (const [way, filters] of [
  ['object', 0],
  ['object', 3],
  ['generator', 3],
  ['transform', 3],
  ['web', 3],
]) {
  const port = await freePort();
  const script = join(import.meta.dirname, 'parts/filter-server.mjs');
  const args = [script, port, way, filters, 'pass', pieces, bytes].map(String);
  const server = new ServerProcess(port, { command: process.execPath, args, isNode: true }, {});
  await server.ready();
  await stall(port, readers, 500);
  const { pid = 0 } = server;
  const before = residentMegabytes(pid);
  const added = await stall(port, readers, 3_000, () => residentMegabytes(pid) - before);
  console.log(`${filters} filters (${way}): ${readers} readers add ${added.toFixed(1)} MB`);
  await server.stop();
}

/**
 * Clients that ask and don't read, for a while; gives what `look` sees meanwhile. The first ones warm the server up.
 *
 * @param {number} port
 * @param {number} count
 * @param {number} time
 * @param {() => number} look
 */
async function stall(port, count, time, look = () => 0) {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    return socket.setNoDelay().on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  });
  await wait(time);
  const seen = look();
  for (const socket of sockets) socket.destroy();
  await wait(200);
  return seen;
}
