/** Where lines go: a file, a device, or a program. Nothing that happens to it throws or stops the server. */
export interface LogSink {
  /** `line` comes without its line end; it may be several joined ones, `lines` then says how many. */
  write(line: string, lines?: number): void;
  /** After rotation: the path is opened anew. */
  reopen(): void;
  close(): void;
}

/**
 * The line that tells a log's reader that lines are missing, in that log's own format; undefined writes none.
 *
 * @example (count) => `${count} lines were lost`
 */
export type DescribeLoss = (count: number) => string | undefined;
