import { websocket } from 'sluice/handlers';
import { WebSocket } from 'ws';

interface Line {
  readonly name: string;
  readonly text: string;
  readonly at: number;
}

/** New ones are shown this many of the last lines. */
const REMEMBERED_LINES = 50;
/** Who has this many bytes waiting doesn't read any more. */
const MOST_WAITING = 1_048_576;

const people = new Map<WebSocket, string>();
const lines: Line[] = [];

export const contentHandler = websocket((socket, r) => {
  const name = freeName(r.user ?? new URLSearchParams(r.args).get('name') ?? '');
  people.set(socket, name);
  socket.send(JSON.stringify({ kind: 'welcome', name, lines }));
  tellWhoIsHere();
  socket.on('message', (message: Buffer) => {
    const text = message.toString().trim();
    if (text !== '') say({ name, text, at: Date.now() });
  });
  socket.on('close', () => {
    people.delete(socket);
    tellWhoIsHere();
  });
});

function say(line: Line): void {
  lines.push(line);
  if (lines.length > REMEMBERED_LINES) lines.shift();
  tellAll({ kind: 'line', line });
}

function tellWhoIsHere(): void {
  tellAll({ kind: 'people', names: [...people.values()] });
}

function tellAll(event: unknown): void {
  const text = JSON.stringify(event);
  for (const socket of people.keys()) {
    if (socket.bufferedAmount > MOST_WAITING) socket.terminate();
    else if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }
}

/** `Ada`, or `Ada 2` where there is one already. */
function freeName(wanted: string): string {
  const name = wanted.trim().slice(0, 30) || 'Guest';
  const taken = new Set(people.values());
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
