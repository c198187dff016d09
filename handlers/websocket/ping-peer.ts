import type { WebSocket } from 'ws';

/** Asks the other side for a sign of life now and then, and cuts the connection where none comes before the next time. */
export function pingPeer(socket: WebSocket, seconds: number): void {
  let isAlive = true;
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, seconds * 1_000);
  const hear = (): void => void (isAlive = true);
  socket.on('pong', hear).on('message', hear);
  socket.once('close', () => clearInterval(timer));
}
