import { styleText } from 'node:util';

/** Writes lines to standard output. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Bold where standard output is a terminal that shows it. */
export function heading(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}

/** Writes a message to standard error; what kind of message it is stands in front, in colour on a terminal. */
export function complain(kind: 'error' | 'warning', message: string): void {
  const mark = styleText(kind === 'error' ? 'red' : 'yellow', `${kind}:`, { stream: process.stderr });
  process.stderr.write(`${mark} ${message}\n`);
}
