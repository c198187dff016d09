import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { codeOf } from '../thrown.ts';
import type { DescribeLoss, LogSink } from './log-sink.ts';
import { LogTrouble } from './log-trouble.ts';

/** Waiting for a named pipe's reader must not stop the server; for files the flag means nothing. */
const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** They can't be opened by name where they are sockets, and closing them would give their number to somebody else. */
const standardStreams = new Map([
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
]);

/** What a slow reader of a pipe may leave in memory. */
const backlogLimit = 1024 * 1024;
const backlogInterval = 10;

export interface LogFileOptions {
  readonly describeLoss?: DescribeLoss;
  /** How long to leave a failing log alone, and how often to look whether the file was removed; 1 s. */
  readonly retryAfter?: number;
}

/**
 * A log that is written line by line, each by one system call before `write` returns, so that not even SIGKILL takes a
 * line away. A full disk, a lost folder or a closed pipe costs lines, which are counted, but never an answer.
 *
 * @example
 * const log = new LogFile('/var/log/sluice/access.log', { describeLoss: (count) => `# ${count} lines lost` });
 * log.write('127.0.0.1 - - …');
 */
export class LogFile implements LogSink {
  readonly #path: string;
  readonly #describeLoss: DescribeLoss;
  readonly #retryAfter: number;
  readonly #trouble: LogTrouble;
  readonly #standardStream: number | undefined;
  #descriptor: number | undefined;
  /** Failing: nothing is tried before this time; working: when the file is looked for next. */
  #nextLook = 0;
  #failed = false;
  /** Written since the file was last known to have a name. */
  #unconfirmed = 0;
  /** The last line was cut off by a full disk. */
  #cut = false;
  #backlog: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, options: LogFileOptions = {}) {
    this.#path = path;
    this.#describeLoss = options.describeLoss ?? (() => undefined);
    this.#retryAfter = options.retryAfter ?? 1000;
    this.#trouble = new LogTrouble(path);
    this.#standardStream = standardStreams.get(path);
    this.#open();
  }

  /** Lines lost in the present outage. */
  get lost(): number {
    return this.#trouble.lost;
  }

  write(line: string, lines = 1): void {
    const now = performance.now();
    if (now >= this.#nextLook) this.#look(now);
    if (this.#failed || this.#descriptor === undefined) {
      this.#trouble.count(lines);
    } else if (this.#backlog.length > 0) {
      this.#queue(Buffer.from(`${line}\n`), lines);
    } else {
      this.#writeNow(this.#descriptor, line, lines);
    }
  }

  reopen(): void {
    this.#close();
    this.#open();
  }

  close(): void {
    if (this.#backlog.length > 0) this.#drain();
    clearTimeout(this.#timer);
    this.#close();
  }

  /** Once in a while: a failing log is tried again, a working one is checked for still having a name. */
  #look(now: number): void {
    this.#nextLook = now + this.#retryAfter;
    if (this.#failed) {
      this.reopen();
    } else if (this.#standardStream === undefined && this.#descriptor !== undefined) {
      this.#checkName(this.#descriptor);
    }
  }

  /** What is written to a removed file can't be read by anybody; one that was renamed is followed by a new one. */
  #checkName(descriptor: number): void {
    try {
      const open = fstatSync(descriptor);
      if (open.nlink === 0) this.#trouble.count(this.#unconfirmed);
      if (statSync(this.#path, { throwIfNoEntry: false })?.ino !== open.ino) this.reopen();
      this.#unconfirmed = 0;
    } catch (error) {
      this.#fail(error, 0);
    }
  }

  #writeNow(descriptor: number, line: string, lines: number): void {
    const loss = this.#trouble.lost > 0 ? this.#describeLoss(this.#trouble.lost) : undefined;
    const text = `${this.#cut ? '\n' : ''}${loss === undefined ? '' : `${loss}\n`}${line}\n`;
    let written = 0;
    try {
      written = writeSync(descriptor, text);
      const length = Buffer.byteLength(text);
      while (written < length) written += writeSync(descriptor, Buffer.from(text), written);
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') {
        this.#queue(Buffer.from(text).subarray(written), lines);
      } else {
        this.#cut ||= written > 0;
        this.#fail(error, lines);
        return;
      }
    }
    this.#unconfirmed += lines;
    this.#cut = false;
    this.#trouble.reported();
    this.#trouble.end();
  }

  #queue(bytes: Buffer, lines: number): void {
    if (this.#backlog.length + bytes.length > backlogLimit) {
      this.#trouble.begin('its reader is too slow');
      this.#trouble.count(lines);
      return;
    }
    this.#backlog = Buffer.concat([this.#backlog, bytes]);
    this.#timer ??= setInterval(() => this.#drain(), backlogInterval).unref();
  }

  #drain(): void {
    try {
      while (this.#backlog.length > 0) {
        this.#backlog = this.#backlog.subarray(writeSync(this.#descriptor!, this.#backlog));
      }
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return;
      this.#fail(error, this.#backlog.toString('latin1').split('\n').length - 1);
    }
    this.#backlog = Buffer.alloc(0);
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #open(): void {
    try {
      this.#descriptor = this.#standardStream ?? openSync(this.#path, flags, 0o644);
      this.#failed = false;
    } catch (error) {
      this.#fail(error, 0);
    }
  }

  #close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor === undefined || descriptor === this.#standardStream) return;
    try {
      closeSync(descriptor);
    } catch {
      // It is gone either way, and what was wrong with it shows at the next write.
    }
  }

  #fail(error: unknown, lines: number): void {
    this.#failed = true;
    this.#nextLook = performance.now() + this.#retryAfter;
    this.#trouble.begin(error);
    this.#trouble.count(lines);
  }
}
