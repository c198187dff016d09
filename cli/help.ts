import { version } from '../core/version.ts';
import type { Command } from './command.ts';
import { columns } from './columns.ts';
import { type OptionName, options } from './options.ts';
import { heading } from './print.ts';

/** The help for all of `sluice`. */
export function overview(commands: readonly Command[]): string {
  return [
    `Sluice ${version}: a web server with Apache's phases, filters and config files`,
    '',
    heading('Usage'),
    '  sluice COMMAND [OPTIONS] …',
    '',
    heading('Commands'),
    columns([
      ...commands.map(({ name, summary }) => [name, summary]),
      ['help [COMMAND]', 'this help, or that of one command'],
    ]),
    '',
    heading('Options'),
    columns([
      ['-h, --help', 'print this help, or that of a command'],
      ['-v, --version', 'print the version'],
    ]),
    '',
    'Exit status: 0, or 1 where the config or the start failed, or 2 where the command line is wrong.',
  ].join('\n');
}

/** The help for one command. */
export function commandHelp(command: Command): string {
  return [
    command.summary,
    '',
    heading('Usage'),
    `  sluice ${command.name} [OPTIONS] ${command.words.join(' ')}`.trimEnd(),
    '',
    command.description,
    '',
    heading('Options'),
    columns(command.options.map((name) => [spell(name), options[name].help])),
  ].join('\n');
}

function spell(name: OptionName): string {
  const option = options[name];
  const short = 'short' in option ? `-${option.short}, ` : '    ';
  return `${short}--${name}${'argument' in option ? ` ${option.argument}` : ''}`;
}
