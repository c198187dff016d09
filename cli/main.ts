#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { inspect } from 'node:util';
import { isConfigError } from '../core/config/config-error.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import { codeOf } from '../core/thrown.ts';
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
import { serve } from './serve.ts';

const commands: readonly Command[] = [serve, check, explain, directives, plugins];

// `sluice directives | head` has got what it wanted.
process.stdout.on('error', (error) => process.exit(codeOf(error) === 'EPIPE' ? 0 : 1));

try {
  if ((await run(process.argv.slice(2))) === 'done') exit(0);
} catch (error) {
  exit(report(error));
}

async function run([name, ...args]: readonly string[]): Promise<'done' | 'running'> {
  if (name === undefined) throw new CommandError(`expected a command\n\n${overview(commands)}`, 2);
  if (name === '-v' || name === '--version') return show(version);
  if (name === '-h' || name === '--help') return show(overview(commands));
  if (name === 'help') return show(args[0] === undefined ? overview(commands) : commandHelp(findCommand(args[0])));
  const command = findCommand(name);
  const given = readArguments(command, args);
  return given.values.help === true ? show(commandHelp(command)) : command.run(given);
}

function show(text: string): 'done' {
  print(text);
  return 'done';
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
  process.stdout.write('', () => process.exit(status));
}
