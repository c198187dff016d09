import { type ServerHttp2Session, type ServerHttp2Stream, constants } from 'node:http2';
import type { Socket } from 'node:net';
import type { Config } from '../config/directive.ts';

/** How long a session that is over may take to send its last frames. */
const LINGER_TIME = 1_000;
/** Frames of this kind that a client may send between two requests. */
const MOST_CONTROL_FRAMES = 1_000;

/**
 * Holds a session to the limits of the config: KeepAliveTimeout while it has no stream, however many pings come in,
 * RequestReadTimeout for its first one, MaxKeepAliveRequests, and Timeout for streams whose client doesn't read. After too
 * many resets, and other faults of the client, nghttp2 takes no more streams; such a session then counts as idle.
 */
export function limitSession(session: ServerHttp2Session, socket: Socket, config: Config): void {
  const { keepAlive, keepAliveTimeout, maxKeepAliveRequests, requestReadTimeout, timeout } = config;
  const open = new Set<ServerHttp2Stream>();
  let requests = 0;
  let controlFrames = 0;
  const close = (): void => {
    if (open.size > 0) return;
    session.close();
    setTimeout(() => socket.destroy(), LINGER_TIME).unref();
  };
  const firstWait = requestReadTimeout.header.initial * 1_000;
  const wait = keepAlive ? keepAliveTimeout * 1_000 : 0;
  let idle = firstWait > 0 ? setTimeout(close, firstWait) : undefined;
  function endStream(this: ServerHttp2Stream): void {
    open.delete(this);
    if (open.size === 0) idle?.refresh();
  }
  session.on('stream', (stream: ServerHttp2Stream) => {
    if (requests === 0) {
      clearTimeout(idle);
      idle = setTimeout(close, wait);
    }
    open.add(stream);
    requests++;
    controlFrames = 0;
    stream.once('close', endStream);
    if (requests === maxKeepAliveRequests) session.close();
  });
  const count = (): void => {
    if (++controlFrames <= MOST_CONTROL_FRAMES) return;
    const error = new Error(`more than ${MOST_CONTROL_FRAMES} frames of control without a request`);
    session.destroy(error, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  };
  session.on('ping', count);
  session.on('remoteSettings', count);
  const timed = new WeakSet<ServerHttp2Stream>();
  // Most streams are over before anybody looks, and need no timer.
  const look = (): void => {
    for (const stream of open) {
      if (timed.has(stream)) continue;
      timed.add(stream);
      stream.setTimeout(timeout * 1_000, () => cutStalled(stream));
    }
  };
  const looks = timeout > 0 ? setInterval(look, timeout * 500) : undefined;
  session.once('close', () => {
    clearTimeout(idle);
    clearInterval(looks);
  });
}

/** Nothing has moved for Timeout; a handler at work may go on. */
function cutStalled(stream: ServerHttp2Stream): void {
  if (stream.writableLength > 0) stream.destroy(new Error('the client did not read for longer than Timeout'));
}
