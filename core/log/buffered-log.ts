import type { LogSink } from './log-sink.ts';

/** So much waits at most, in characters, and so long. */
const capacity = 65_536;
const longestWait = 1_000;

/** Gathers lines and writes them together: less work, and what waits is lost where the process is killed. */
export class BufferedLog implements LogSink {
  readonly #sink: LogSink;
  #waiting = '';
  #lines = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  write(line: string): void {
    this.#waiting = this.#lines++ === 0 ? line : `${this.#waiting}\n${line}`;
    if (this.#waiting.length >= capacity) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), longestWait).unref();
  }

  reopen(): void {
    this.#flush();
    this.#sink.reopen();
  }

  close(): void {
    this.#flush();
    this.#sink.close();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines === 0) return;
    const [text, lines] = [this.#waiting, this.#lines];
    this.#waiting = '';
    this.#lines = 0;
    this.#sink.write(text, lines);
  }
}
