import { STATUS_CODES } from 'node:http';
import type { Context, DirectiveDeclarations } from '../config/directive.ts';
import type { ErrorDocument } from '../error-response.ts';
import { compileErrorLogFormat } from '../log/error-log-format.ts';
import { type LogLevels, mergeLogLevels, parseLogLevels } from '../log/log-level.ts';
import { logTargetUsage, resolveLogTarget } from '../log/log-target.ts';

declare module '../config/directive.ts' {
  interface Directives {
    /** What is sent for an error status: text, a path of this server, a URL, or `default`. */
    errorDocument: Directive<
      | readonly [status: number | string, document: string]
      | readonly (readonly [status: number | string, document: string])[],
      ReadonlyMap<number, ErrorDocument>
    >;
    /** The file, `|command` or `stderr` that errors are written to. */
    errorLog: Directive<string, string>;
    /** The layout of a line in the error log. */
    errorLogFormat: Directive<string, string | undefined>;
    /** How chatty the error log is, with exceptions per plugin: `warn auth_basic:debug`. */
    logLevel: Directive<string | readonly string[], LogLevels>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];

export const errorDirectives: DirectiveDeclarations = {
  ErrorDocument: {
    takes: 'two',
    usage: 'status document',
    help: 'What is sent for an error status: text, a path of this server, a URL, or default.',
    contexts: everywhere,
    override: 'FileInfo',
    default: new Map(),
    parse([status = '', document = ''], site) {
      const code = Number(status);
      if (!/^[345]\d\d$/.test(status) || STATUS_CODES[code] === undefined) {
        return site.fail(`ErrorDocument takes a status of 300 and above that HTTP knows, not "${status}"`);
      }
      const kind = kindOf(document);
      if (kind === 'url' && code === 401) {
        return site.fail(
          'ErrorDocument 401 must stay on this server: a redirect would hide the challenge from the client',
        );
      }
      return new Map([[code, { kind, value: site.parseText(document) }]]);
    },
    combine: (earlier, later) => new Map([...earlier, ...later]),
    merge: (outer, inner) => new Map([...outer, ...inner]),
  },
  ErrorLog: {
    takes: 'one',
    usage: `${logTargetUsage}|stderr`,
    help: 'Where errors are written: a file relative to the config file, a program, or standard error.',
    contexts: ['server config', 'virtual host'],
    default: 'stderr',
    parse: ([target = ''], site) => (target === 'stderr' ? target : resolveLogTarget(target, site)),
  },
  ErrorLogFormat: {
    takes: 'one',
    usage: 'format',
    help: "The layout of a line in the error log, in Apache's format items.",
    contexts: ['server config', 'virtual host'],
    parse([format = ''], site) {
      compileErrorLogFormat(format, site.logItems);
      return format;
    },
  },
  LogLevel: {
    takes: 'some',
    usage: '[level] [plugin:level …]',
    help: 'How chatty the error log is, with exceptions per plugin.',
    contexts: ['server config', 'virtual host', 'directory'],
    default: { default: 'warn', byModule: new Map() },
    defaultText: 'warn',
    parse: (words) => parseLogLevels(words),
    merge: mergeLogLevels,
  },
};

function kindOf(document: string): ErrorDocument['kind'] {
  if (document.toLowerCase() === 'default') return 'default';
  if (/^https?:\/\//i.test(document)) return 'url';
  return document.startsWith('/') ? 'path' : 'text';
}
