import { ConfigError } from './config-error.ts';
import type { Position } from './tree.ts';

/** A line of a config file with its continuations joined and the blanks around it dropped. */
export interface SourceLine {
  readonly text: string;
  readonly at: Position;
}

/**
 * The lines of `text` that say something: no comments, no empty ones. A backslash right before the line's end continues it,
 * comments included; the number is that of the first line.
 *
 * @throws {ConfigError} for a line longer than `limit` characters.
 */
export function sourceLines(text: string, file: string, limit: number): SourceLine[] {
  const lines: SourceLine[] = [];
  let joined = '';
  let start = 0;
  const add = (): void => {
    const at = { file, line: start };
    if (joined.length > limit) {
      throw new ConfigError(at, `the line has ${joined.length} characters; at most ${limit} are allowed`);
    }
    const trimmed = joined.replace(blanksAround, '');
    if (trimmed !== '' && !trimmed.startsWith('#')) lines.push({ text: trimmed, at });
    joined = '';
    start = 0;
  };
  for (const [index, physical] of text.replace(byteOrderMark, '').split(lineEnd).entries()) {
    if (start === 0) start = index + 1;
    if (physical.endsWith('\\')) {
      joined += physical.slice(0, -1);
    } else {
      joined += physical;
      add();
    }
  }
  add();
  return lines;
}

const byteOrderMark = /^\uFEFF/;
const lineEnd = /\r?\n/;
const blanksAround = /^[\t-\r ]+|[\t-\r ]+$/g;
