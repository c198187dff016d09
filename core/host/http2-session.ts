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
  let open = 0;
  let requests = 0;
  let controlFrames = 0;
  const close = (): void => {
    if (open > 0) return;
    session.close();
    setTimeout(() => socket.destroy(), LINGER_TIME).unref();
  };
  const firstWait = requestReadTimeout.header.initial * 1_000;
  const wait = keepAlive ? keepAliveTimeout * 1_000 : 0;
  let idle = firstWait > 0 ? setTimeout(close, firstWait) : undefined;
  const endStream = (): void => {
    open--;
    if (open === 0) idle?.refresh();
  };
  session.on('stream', (stream: ServerHttp2Stream) => {
    if (requests === 0) {
      clearTimeout(idle);
      idle = setTimeout(close, wait);
    }
    open++;
    requests++;
    controlFrames = 0;
    stream.once('close', endStream);
    stream.setTimeout(timeout * 1_000, () => {
      if (stream.writableLength > 0) stream.destroy(new Error('the client did not read for longer than Timeout'));
    });
    if (requests === maxKeepAliveRequests) session.close();
  });
  const count = (): void => {
    if (++controlFrames <= MOST_CONTROL_FRAMES) return;
    const error = new Error(`more than ${MOST_CONTROL_FRAMES} frames of control without a request`);
    session.destroy(error, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  };
  session.on('ping', count);
  session.on('remoteSettings', count);
  session.once('close', () => clearTimeout(idle));
}
