// An access log in the common format for the contenders that bring none: a write stream, as morgan's documentation
// has it, but with the time made once a second, which favours them.
import { createWriteStream } from 'node:fs';
import { accessLog } from '../files.mjs';

/** Opens the log; gives the function that writes a request's line. */
export function openAccessLog() {
  const stream = createWriteStream(accessLog, { flags: 'a' });
  return (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {string | undefined} */ user,
    /** @type {number} */ status,
    /** @type {number | string} */ bytes,
  ) => {
    const { remoteAddress } = request.socket;
    stream.write(
      `${remoteAddress} - ${user ?? '-'} [${now()}] "${request.method} ${request.url} HTTP/${request.httpVersion}" ${status} ${bytes}\n`,
    );
  };
}

let second = 0;
let stamp = '';

/** The time as Apache writes it: 21/Nov/2026:10:31:11 +0000. */
function now() {
  const current = Math.floor(Date.now() / 1000);
  if (current !== second) {
    second = current;
    const [, day, month, year, time] = new Date().toUTCString().split(' ');
    stamp = `${day}/${month}/${year}:${time} +0000`;
  }
  return stamp;
}
