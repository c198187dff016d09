import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { end, serverCore, startPinned } from './children.mjs';

const startLimit = 10_000;

/** @typedef {{ command: string, args: readonly string[], isNode?: boolean }} ServerCommand */

/** A server under test, from its start to its end. */
export class ServerProcess {
  /** @type {import('node:child_process').ChildProcess} */
  #child;
  #complaint = '';

  /**
   * @param {number} port
   * @param {ServerCommand} command
   * @param {Record<string, string>} environment
   */
  constructor(port, { command, args, isNode = false }, environment) {
    this.port = port;
    this.#child = startPinned(serverCore, command, args, {
      stdio: isNode ? ['ignore', 'ignore', 'pipe', 'ipc'] : ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', ...environment },
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.#complaint = (this.#complaint + chunk).slice(-2000);
    });
    this.#child.once('error', (error) => {
      this.#complaint = error.message;
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Why the server no longer runs; undefined while it does. */
  get failure() {
    const { exitCode, signalCode, pid } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) return undefined;
    const line = this.#complaint.split('\n').find((text) => /\w*Error\b|error|emerg|:\d+:/i.test(text));
    return `the server ended (${signalCode ?? `exit code ${exitCode}`}): ${line?.trim() ?? this.#complaint.trim()}`;
  }

  /** Resolves when connections are accepted. Rejects where the server ends before, or takes too long. */
  async ready() {
    for (const start = Date.now(); Date.now() - start < startLimit; await wait(20)) {
      if (this.failure !== undefined) {
        // What it said last may still be on its way.
        await wait(50);
        throw new Error(this.failure);
      }
      if (await accepts(this.port)) return;
    }
    throw new Error(`no connection was accepted within ${startLimit / 1000} s`);
  }

  /**
   * Asks a contender's process for something; see `serve.mjs`.
   *
   * @param {string} request
   * @returns {Promise<unknown>}
   */
  async ask(request) {
    this.#child.send(request);
    const [answer] = await once(this.#child, 'message');
    return answer;
  }

  stop() {
    return end(this.#child);
  }
}

/** A port of the loopback address that nobody uses at the moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
