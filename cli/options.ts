import type { parseArgs } from 'node:util';

/** Every option there is; a command lists the names of those it takes. */
export const options = {
  config: { type: 'string', short: 'c', argument: 'FILE', help: 'the config file, or the folder that has one' },
  define: {
    type: 'string',
    short: 'D',
    argument: 'NAME',
    multiple: true,
    help: 'a name for IfDefine; may be repeated',
  },
  'from-apache': {
    type: 'string',
    argument: 'FOLDER',
    help: "the folder of an Apache's config; say what becomes of every line",
  },
  header: {
    type: 'string',
    short: 'H',
    argument: "'NAME: VALUE'",
    multiple: true,
    help: 'a request header; may be repeated',
  },
  port: { type: 'string', argument: 'NUMBER', help: 'listen on this port instead of what the config says' },
  plugin: { type: 'string', argument: 'NAME|FILE', help: 'one plugin alone: a package or a file' },
  into: {
    type: 'string',
    argument: 'FILE.md',
    help: 'the file to write a table into',
  },
  json: { type: 'boolean', help: 'print JSON' },
  help: { type: 'boolean', short: 'h', help: 'print this help' },
} as const;

export type OptionName = keyof typeof options;

/** The values of the options that were given. */
export type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

export interface Given {
  readonly values: Values;
  /** What isn't an option. */
  readonly words: readonly string[];
}
