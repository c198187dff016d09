import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The lines around the place that an error comes from. */
export interface SourceExcerpt {
  readonly file: string;
  readonly line: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

const LINES_AROUND = 4;

/** The place of the first stack frame that lies in a file that can be read. */
export function sourceExcerpt(stack: string): SourceExcerpt | undefined {
  for (const [, place, line] of stack.matchAll(/(?:\(|at )((?:file:\/\/)?\/[^()\n]+?):(\d+)(?::\d+)?\)?$/gm)) {
    const file = place!.startsWith('file:') ? fileURLToPath(place!) : place!;
    const lines = readLines(file);
    if (lines !== undefined) return excerptOf(file, lines, Number(line));
  }
  return undefined;
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

function excerptOf(file: string, lines: readonly string[], line: number): SourceExcerpt {
  const first = Math.max(1, line - LINES_AROUND);
  const shown = lines.slice(first - 1, line + LINES_AROUND);
  return { file, line, lines: shown.map((text, at) => ({ number: first + at, text })) };
}
