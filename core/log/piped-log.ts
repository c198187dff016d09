import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { type LogCommand, parseLogCommand } from './log-command.ts';
import type { DescribeLoss, LogSink } from './log-sink.ts';
import { LogTrouble } from './log-trouble.ts';

/** What a slow or restarting program may leave in memory, in characters. */
const backlogLimit = 1024 * 1024;
const longestPause = 30_000;
/** A program that ran this long is worth restarting at once. */
const stableAfter = 10_000;
const closeTimeout = 5000;

export interface PipedLogOptions {
  readonly describeLoss?: DescribeLoss;
  /** Before the first restart; doubled with each further one up to half a minute; 100 ms. */
  readonly restartAfter?: number;
}

/**
 * A program that gets the log's lines on its standard input, and is started again when it ends. Throws at once for a
 * command that names no program.
 *
 * @example new PipedLog('|/usr/bin/rotatelogs /var/log/sluice/access.%Y-%m-%d 86400');
 */
export class PipedLog implements LogSink {
  readonly #command: LogCommand;
  readonly #describeLoss: DescribeLoss;
  readonly #restartAfter: number;
  readonly #trouble: LogTrouble;
  /** The running program's standard input. */
  #input: Writable | undefined;
  /** Lines for the next program. */
  #waiting: string[] = [];
  #waitingLength = 0;
  #pause: number;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(command: string, options: PipedLogOptions = {}) {
    this.#command = parseLogCommand(command);
    this.#describeLoss = options.describeLoss ?? (() => undefined);
    this.#restartAfter = options.restartAfter ?? 100;
    this.#pause = this.#restartAfter;
    this.#trouble = new LogTrouble(command);
    this.#start();
  }

  /** Lines lost and not yet reported in the log. */
  get lost(): number {
    return this.#trouble.lost;
  }

  write(line: string): void {
    const input = this.#input;
    if ((input?.writableLength ?? this.#waitingLength) > backlogLimit) {
      this.#trouble.begin('the program is too slow or not running');
      this.#trouble.count(1);
    } else if (input === undefined) {
      this.#waiting.push(line);
      this.#waitingLength += line.length;
    } else {
      this.#send(input, line);
    }
  }

  /** The program does its own rotation. */
  reopen(): void {}

  /** The program ends by itself when it has read everything; one that doesn't read can't hold up the server's end. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    const input = this.#input;
    this.#input = undefined;
    if (input === undefined) return;
    input.end();
    setTimeout(() => input.destroy(), closeTimeout).unref();
  }

  #send(input: Writable, line: string): void {
    const lost = this.#trouble.lost;
    if (lost > 0) {
      this.#trouble.reported();
      const loss = this.#describeLoss(lost);
      if (loss !== undefined) input.write(`${loss}\n`);
    }
    input.write(`${line}\n`, this.#written);
  }

  readonly #written = (error: unknown): void => {
    if (error === null || error === undefined) return;
    this.#trouble.begin(error);
    this.#trouble.count(1);
  };

  #start(): void {
    const { program, args, shell } = this.#command;
    const startedAt = performance.now();
    let child;
    try {
      // In a session of its own, Ctrl-C does not take the log away before its last lines.
      child = spawn(program, args, { shell, detached: true, stdio: ['pipe', 'inherit', 'inherit'] });
    } catch (error) {
      this.#restart(error, startedAt);
      return;
    }
    child.once('error', (error) => this.#restart(error, startedAt));
    child.once('exit', (code, signal) => this.#restart(`the program ended with ${signal ?? code}`, startedAt));
    child.unref();
    if (child.pid === undefined) return;
    child.stdin.on('error', () => {}); // Each write has its own report.
    this.#input = child.stdin;
    for (const line of this.#waiting) this.#send(child.stdin, line);
    this.#waiting = [];
    this.#waitingLength = 0;
  }

  #restart(reason: unknown, startedAt: number): void {
    this.#input = undefined;
    if (this.#closed) return;
    if (performance.now() - startedAt > stableAfter) {
      this.#pause = this.#restartAfter;
      this.#trouble.end();
    }
    this.#trouble.begin(reason);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), this.#pause).unref();
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }
}
