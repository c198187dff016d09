import type { LogSink } from './log-sink.ts';

/** Gathers lines, so that they can be written together. */
export abstract class GatheringLog implements LogSink {
  readonly #sink: LogSink;
  #waiting = '';
  #lines = 0;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  abstract write(line: string): void;

  reopen(): void {
    this.flush();
    this.#sink.reopen();
  }

  close(): void {
    this.flush();
    this.#sink.close();
  }

  /** Writes what waits. */
  flush(): void {
    if (this.#lines === 0) return;
    const [text, lines] = [this.#waiting, this.#lines];
    this.#waiting = '';
    this.#lines = 0;
    this.#sink.write(text, lines);
  }

  /** Lets a line wait; gives the characters that wait by now. */
  protected gather(line: string): number {
    this.#waiting = this.#lines++ === 0 ? line : `${this.#waiting}\n${line}`;
    return this.#waiting.length;
  }

  /** Whether no line waits. */
  protected get isEmpty(): boolean {
    return this.#lines === 0;
  }
}
