import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type ConfigError, isConfigError } from '../core/config/config-error.ts';
import type { LineOutcome } from '../core/config/foreign-names.ts';
import { Generation } from '../core/generation.ts';
import { columns } from './columns.ts';
import { CommandError } from './command-error.ts';
import { inspectionOptions } from './config-source.ts';
import type { Values } from './options.ts';
import { heading, print } from './print.ts';

/** Equal lines that follow one another in a file. */
interface Row {
  readonly verdict: 'works' | 'ignored' | 'not supported';
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly reason: string;
  count: number;
}

/** Where Apache's packages have the main file. */
const mainFiles = ['apache2.conf', 'httpd.conf', 'conf/httpd.conf'];

/**
 * Reads the config of an Apache as a start would, and prints what becomes of each line: it works, it is ignored because
 * nothing is different without it, or it keeps the server from starting.
 *
 * @throws {CommandError} where there is no config, or it wouldn't start.
 */
export async function checkFromApache(folder: string, values: Values): Promise<void> {
  const file = findMainFile(folder);
  const outcomes: LineOutcome[] = [];
  const options = {
    ...inspectionOptions({ ...values, config: file }),
    warn: () => undefined,
    onLine: (line: LineOutcome) => outcomes.push(line),
  };
  const mistakes = await Generation.load({ file }, options).then(
    async (generation) => {
      await generation.close();
      return [];
    },
    (error: unknown) => {
      if (isConfigError(error)) return error.mistakes;
      throw error;
    },
  );
  const rows = gather([...outcomes.map(rowOfLine), ...mistakes.map(rowOfMistake)]);
  if (values.json === true) print(JSON.stringify(rows, undefined, 2));
  else print(...toText(rows, resolve(folder)));
  if (mistakes.length > 0) {
    const lines = mistakes.length === 1 ? '1 line is' : `${mistakes.length} lines are`;
    throw new CommandError(`it would not start; ${lines} not supported`, 1);
  }
}

function findMainFile(folder: string): string {
  const found = mainFiles.map((name) => resolve(folder, name)).find((path) => isFile(path));
  if (found !== undefined) return found;
  throw new CommandError(
    `there is no config of an Apache in ${resolve(folder)}: looked for ${mainFiles.join(', ')}`,
    1,
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function rowOfLine({ file, line, name, ignored }: LineOutcome): Row {
  return {
    verdict: ignored === undefined ? 'works' : 'ignored',
    file,
    line,
    name,
    reason: ignored?.reason ?? '',
    count: 1,
  };
}

function rowOfMistake({ file, line, reason }: ConfigError): Row {
  return { verdict: 'not supported', file, line, name: '', reason, count: 1 };
}

/** Lines of a file that say the same are one row, at the first of them. */
function gather(rows: readonly Row[]): readonly Row[] {
  const files = [...new Set(rows.map(({ file }) => file))];
  const gathered = new Map<string, Row>();
  for (const row of rows.toSorted((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line)) {
    const key = JSON.stringify([row.verdict, row.file, row.name, row.reason]);
    const earlier = gathered.get(key);
    if (earlier === undefined) gathered.set(key, { ...row });
    else earlier.count++;
  }
  return [...gathered.values()];
}

/** What keeps it from starting comes last, where it is seen. */
function toText(rows: readonly Row[], folder: string): string[] {
  const groups = (['works', 'ignored', 'not supported'] as const).map((verdict) => {
    const own = rows.filter((row) => row.verdict === verdict);
    const total = own.reduce((sum, { count }) => sum + count, 0);
    const lines = own.map(({ file, line, name, reason, count }) => {
      const place = `${file.startsWith(`${folder}/`) ? relative(folder, file) : file}:${line}`;
      const words = [name, reason].filter((part) => part !== '').join(': ');
      return [place, count > 1 ? `${words} (${count} lines)` : words];
    });
    return [heading(`${verdict}: ${total}`), ...(own.length > 0 ? [columns(lines)] : []), ''];
  });
  return groups.flat();
}
