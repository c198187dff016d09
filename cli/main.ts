#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { inspect } from 'node:util';
import { isConfigError } from '../core/config/config-error.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import { filesBeingImported } from '../core/module-importer.ts';
import { version } from '../core/version.ts';
import { check } from './check.ts';
import { CommandError } from './command-error.ts';
import type { Command } from './command.ts';
import { directives } from './directives.ts';
import { explain } from './explain.ts';
import { commandHelp, overview } from './help.ts';
import { plugins } from './plugins.ts';
import { complain, print } from './print.ts';
import { readArguments } from './read-arguments.ts';
import { schema } from './schema.ts';
import { serve } from './serve.ts';

const commands: readonly Command[] = [serve, check, explain, directives, plugins, schema];

// That nobody reads any more, as in `sluice directives | head`, is no failure, and no reason for a server to end.
process.stdout.on('error', () => undefined);
process.once('exit', blameImport);

try {
  await run(process.argv.slice(2));
  exit(0);
} catch (error) {
  exit(report(error));
}

async function run([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined) throw new CommandError(`expected a command\n\n${overview(commands)}`, 2);
  if (name === '-v' || name === '--version') return print(version);
  if (name === '-h' || name === '--help') return print(overview(commands));
  if (name === 'help') return print(args[0] === undefined ? overview(commands) : commandHelp(findCommand(args[0])));
  const command = findCommand(name);
  const given = readArguments(command, args);
  return given.values.help === true ? print(commandHelp(command)) : command.run(given);
}

function findCommand(name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const hint = existsSync(name)
    ? `; did you mean "sluice serve ${name}"?`
    : didYouMean(name, [...commands.map((known) => known.name), 'help']);
  throw new CommandError(`there is no command "${name}"${hint}\nSee: sluice help`, 2);
}

/** The exit status for what was thrown. Users' mistakes are told in words, Sluice's own with their stack. */
function report(error: unknown): number {
  if (isConfigError(error)) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  complain('error', error instanceof CommandError ? error.message : inspect(error));
  return error instanceof CommandError ? error.exitCode : 1;
}

/** At once, as modules that the config names may have timers and connections; but not before everything is printed. */
function exit(status: number): void {
  process.off('exit', blameImport);
  process.stdout.write('', () => process.exit(status));
}

/** The end came unasked: nothing is left to do, as a module waits for what never comes, or a module has exited itself. */
function blameImport(): void {
  const [file] = filesBeingImported();
  if (file === undefined) return;
  process.exitCode = 1;
  complain(
    'error',
    `the process ended while ${file} was imported: it exits, or waits for what never comes; let it do neither`,
  );
}
