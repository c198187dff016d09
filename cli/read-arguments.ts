import { parseArgs } from 'node:util';
import { didYouMean } from '../core/config/nearest-name.ts';
import { codeOf, messageOf } from '../core/thrown.ts';
import { CommandError } from './command-error.ts';
import type { Command } from './command.ts';
import { type Given, type OptionName, options } from './options.ts';

/**
 * Takes a command's arguments apart.
 *
 * @throws {CommandError} for an option that the command doesn't have, one without its value, or a word too many.
 */
export function readArguments({ name: command, options: names, words }: Command, args: readonly string[]): Given {
  const accepted = Object.fromEntries(names.map((name) => [name, options[name]]));
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: accepted, allowPositionals: true });
  } catch (error) {
    throw new CommandError(`${describeMistake(error, names)}\nSee: sluice help ${command}`, 2);
  }
  const { values, positionals } = parsed;
  if (positionals.length <= words.length) return { values, words: positionals };
  const taken = words.length === 0 ? 'nothing but options' : `only ${words.join(' ')}`;
  throw new CommandError(`${command} takes ${taken}, but was given also "${positionals[words.length]}"`, 2);
}

/** A port's number, 0 for any that is free. */
export function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandError(`--port takes a number from 0 to 65535, not "${text}"`, 2);
}

function describeMistake(error: unknown, names: readonly OptionName[]): string {
  const [message = ''] = messageOf(error).split('\n');
  if (codeOf(error) !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return message;
  const [, option = ''] = /'(-[^']*)'/.exec(message) ?? [];
  return `there is no option ${option}${didYouMean(
    option,
    names.map((name) => `--${name}`),
  )}`;
}
