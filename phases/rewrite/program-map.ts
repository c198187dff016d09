import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogCommand } from '../../core/log/log-command.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { messageOf } from '../../core/thrown.ts';
import type { RewriteMap } from './rewrite-map.ts';

/** How long a program may think about one key. */
const defaultTimeout = 5000;

interface Running {
  readonly child: ChildProcess;
  readonly lines: Interface;
}

/**
 * A program that reads a key per line and writes its value, or NULL, per line. It gets one key at a time; one that ends or
 * doesn't answer in time is started again for the next key.
 */
export class ProgramMap implements RewriteMap {
  readonly #command: Omit<LogCommand, 'shell'>;
  readonly #timeout: number;
  #running: Running | undefined;
  /** Settles when all keys before have their value. */
  #queue: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(command: Omit<LogCommand, 'shell'>, timeout = defaultTimeout) {
    this.#command = command;
    this.#timeout = timeout;
  }

  look(key: string, r: RequestRecord): Promise<string | undefined> | undefined {
    // A line break would make two questions of one, and mix up all answers after it.
    if (this.#isStopped || key.includes('\n')) return undefined;
    const value = this.#queue.then(() => this.#ask(key, r));
    this.#queue = value;
    return value;
  }

  start(): void {
    this.#running ??= this.#spawn();
  }

  stop(): void {
    this.#isStopped = true;
    this.#end();
  }

  async #ask(key: string, r: RequestRecord): Promise<string | undefined> {
    this.start();
    try {
      const line = await answerOf(this.#running!, key, this.#timeout);
      return line.toUpperCase() === 'NULL' ? undefined : line;
    } catch (error) {
      this.#end();
      r.log(`the map program ${this.#command.program} ${messageOf(error)}; "${key}" has no value`, 'error', 'rewrite');
      return undefined;
    }
  }

  #spawn(): Running {
    const { program, args } = this.#command;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const forget = (): void => {
      if (this.#running?.child === child) this.#running = undefined;
    };
    child.on('error', forget).on('exit', forget);
    child.stdin.on('error', () => undefined); // The answer that doesn't come is reported.
    // A program that waits for keys is no reason for the server to go on.
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) (pipe as Socket).unref();
    return { child, lines: createInterface({ input: child.stdout }) };
  }

  #end(): void {
    this.#running?.child.kill('SIGKILL');
    this.#running = undefined;
  }
}

/** Rejects where the program ends, or has not answered in time. */
async function answerOf({ child, lines }: Running, key: string, timeout: number): Promise<string> {
  const watch = new AbortController();
  const { signal } = watch;
  try {
    child.stdin!.write(`${key}\n`);
    return await Promise.race([
      once(lines, 'line', { signal }).then(([line]) => String(line)),
      once(child, 'exit', { signal }).then(() => fault('has ended')),
      wait(timeout, undefined, { signal }).then(() => fault(`didn't answer within ${timeout} ms`)),
    ]);
  } finally {
    watch.abort();
  }
}

function fault(message: string): never {
  throw new Error(message);
}
