import { readFileSync, writeFileSync } from 'node:fs';
import type { DirectiveReference } from '../core/config/directive-reference.ts';
import { messageOf } from '../core/thrown.ts';
import { CommandError } from './command-error.ts';

/**
 * Writes a table of directives between the marks of a Markdown file; the rest of the file stays as it is.
 *
 * @throws {CommandError} where the file can't be read or written, or has no marks.
 */
export function writeDirectiveTable(file: string, directives: readonly DirectiveReference[]): void {
  try {
    const parts = marks.exec(readFileSync(file, 'utf8'))?.groups;
    if (parts !== undefined) {
      return writeFileSync(file, `${parts['before']}\n${directiveTable(directives)}\n${parts['after']}`);
    }
  } catch (error) {
    throw new CommandError(messageOf(error), 1);
  }
  throw new CommandError(
    `${file} has no place for the table: a line <!-- directives --> and a later one <!-- end of directives -->`,
    1,
  );
}

const marks = /^(?<before>.*<!-- directives -->)\s*?\r?\n(?:.*\n)?(?<after>[ \t]*<!-- end of directives -->.*)$/s;

function directiveTable(directives: readonly DirectiveReference[]): string {
  const rows = directives.map(({ usage, key, help, contexts, default: value = 'none' }) =>
    ['', `\`${usage}\``, `\`${key}\``, help, contexts, value, ''].map(escapeBars).join(' | ').trim(),
  );
  return ['| directive | key | meaning | where | default |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function escapeBars(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
