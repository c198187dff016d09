import { resolve } from 'node:path';
import { LogFile, type LogFileOptions } from './log-file.ts';
import { parseRotatedTarget } from './log-rotation.ts';
import type { DescribeLoss, LogSink } from './log-sink.ts';
import { PipedLog } from './piped-log.ts';
import { RotatingLog } from './rotating-log.ts';

const open = new Map<string, { readonly sink: LogSink; users: number }>();

/**
 * The log at `target`, a path with its rotation or `|command`; whoever names the same target shares it, and the first one's `describeLoss`
 * holds. Each opener closes it once. Throws for a piped log without a program.
 *
 * @example const log = openLogFile('./logs/access.log', (count) => `# ${count} lines lost`);
 */
export function openLogFile(target: string, describeLoss: DescribeLoss = () => undefined): LogSink {
  const key = target.startsWith('|') ? target : resolve(target);
  let shared = open.get(key);
  if (shared === undefined) {
    const sink = key.startsWith('|') ? new PipedLog(key, { describeLoss }) : openFile(key, { describeLoss });
    open.set(key, (shared = { sink, users: 0 }));
  }
  shared.users++;
  return new SharedLog(key, shared.sink);
}

/** Whether a target is a file that stays what it is: neither rotated nor a program's. */
export function isPlainFile(target: string): boolean {
  return !target.startsWith('|') && parseRotatedTarget(target).rotation === undefined;
}

/** After rotation, on SIGHUP: every open log opens its path anew. */
export function reopenLogFiles(): void {
  for (const { sink } of open.values()) sink.reopen();
}

function openFile(target: string, options: LogFileOptions): LogSink {
  const { path, rotation } = parseRotatedTarget(target);
  return rotation === undefined ? new LogFile(path, options) : new RotatingLog(path, rotation, options);
}

/** One opener's hold on a log. */
class SharedLog implements LogSink {
  readonly #key: string;
  readonly #sink: LogSink;
  #closed = false;

  constructor(key: string, sink: LogSink) {
    this.#key = key;
    this.#sink = sink;
  }

  write(line: string, lines?: number): void {
    this.#sink.write(line, lines);
  }

  reopen(): void {
    this.#sink.reopen();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const shared = open.get(this.#key)!;
    if (--shared.users > 0) return;
    open.delete(this.#key);
    this.#sink.close();
  }
}
