import type { Context, DirectiveDeclaration, DirectiveSite } from '../core/config/directive.ts';
import { ConfigError } from '../core/config/config-error.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import type { Position } from '../core/config/tree.ts';
import { logTargetUsage, resolveLogTarget } from '../core/log/log-target.ts';
import { definePlugin } from '../core/plugin.ts';
import type { RequestRecord } from '../core/request-record.ts';
import type { ServerRecord } from '../core/server-record.ts';
import { atEndOfTurn } from '../core/turn.ts';
import { AccessLog, type LogCondition } from './access-log.ts';
import { compileLogFormat, type LogFormat } from './log-format.ts';
import { logItems } from './log-items.ts';
import { byteCounting, countBytes } from './logio/byte-count.ts';

/** A format, or the nickname of one. */
type NamedFormat = LogFormat | string;

interface DeclaredLog {
  readonly target: string;
  readonly format: NamedFormat;
  readonly condition: LogCondition | undefined;
  readonly at: Position;
}

type FormatLine = readonly [format: string, nickname?: string];
type LogLine = readonly [target: string, format: string, condition?: string];

declare module '../core/config/directive.ts' {
  interface Directives {
    /** The layout of an access log's lines, and the nickname to use it by; without one it is TransferLog's. */
    logFormat: Directive<FormatLine | readonly FormatLine[], ReadonlyMap<string, NamedFormat>>;
    /** An access log: its file or `|command`, a format or nickname, and `env=…` or `expr=…`. */
    customLog: Directive<string | LogLine | readonly LogLine[], readonly DeclaredLog[]>;
    /** The same for all virtual hosts, whatever logs of their own they have. */
    globalLog: Directive<string | LogLine | readonly LogLine[], readonly DeclaredLog[]>;
    /** Gathers the lines of access logs in memory; what waits there is lost where the process is killed. */
    bufferedLogs: Directive<boolean>;
    /** An access log in the format that LogFormat gave without a nickname. */
    transferLog: Directive<string | readonly string[], readonly DeclaredLog[]>;
  }
}

/** The key of the format that TransferLog uses; no nickname is empty. */
const transferFormat = '';

const common = compileLogFormat('%h %l %u %t "%r" %>s %b');
const combined = compileLogFormat('%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"');

const serverContexts: readonly Context[] = ['server config', 'virtual host'];

const logDirective: Pick<
  DirectiveDeclaration<readonly DeclaredLog[]>,
  'takes' | 'usage' | 'default' | 'parse' | 'combine'
> = {
  takes: 'twoOrThree',
  usage: `${logTargetUsage} format|nickname [env=[!]variable|expr=condition]`,
  default: [],
  parse([target = '', format = '', clause], site) {
    const condition = clause === undefined ? undefined : parseClause(clause, site);
    return [declaredLog(target, parseFormat(format, site), condition, site)];
  },
  combine: (earlier, later) => [...earlier, ...later],
};

/** The access logs: LogFormat, CustomLog, GlobalLog, TransferLog and BufferedLogs. */
export const logConfig = definePlugin({
  name: 'log_config',
  aliases: ['mod_log_config', 'log_config_module'],
  directives: {
    LogFormat: {
      takes: 'oneOrTwo',
      usage: 'format|nickname [nickname]',
      help: 'The layout of an access log line, and its nickname; without one it is the layout of TransferLog.',
      contexts: serverContexts,
      default: new Map<string, NamedFormat>([
        [transferFormat, common],
        ['common', common],
        ['combined', combined],
      ]),
      defaultText: 'common and combined, as in Apache',
      parse([format = '', nickname = transferFormat], site) {
        const named = nickname === transferFormat ? parseFormat(format, site) : compileLogFormat(format, site.logItems);
        return new Map([[nickname.toLowerCase(), named]]);
      },
      combine: (earlier, later) => new Map([...earlier, ...later]),
      merge: (outer, inner) => new Map([...outer, ...inner]),
    },
    CustomLog: {
      ...logDirective,
      help: "An access log, which a date in its name (%Y-%m-%d) or size= rotates; those of a virtual host replace the main server's.",
      contexts: serverContexts,
    },
    GlobalLog: {
      ...logDirective,
      help: 'An access log for all virtual hosts, beside the logs of their own.',
      contexts: ['server config'],
    },
    BufferedLogs: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Gathers lines for up to a second: less work, and what waits is lost where the process is killed.',
      contexts: ['server config'],
      default: false,
    },
    TransferLog: {
      takes: 'one',
      usage: logTargetUsage,
      help: 'An access log in the layout that LogFormat without a nickname gives, or in the common one.',
      contexts: serverContexts,
      into: 'customLog',
      parse: ([target = ''], site) => [declaredLog(target, transferFormat, undefined, site)],
    },
  },
  logItems,
  phases: {
    log: { when: ({ customLog, globalLog }) => customLog.length + globalLog.length > 0, handler: logRequest },
  },
  check({ config: { customLog, globalLog, logFormat } }) {
    for (const log of [...customLog, ...globalLog]) findFormat(log, logFormat);
  },
  setup(server) {
    const { bufferedLogs, customLog, globalLog, logFormat } = server.config;
    const logs = [...customLog, ...globalLog].map(
      (log) => new AccessLog(log.target, findFormat(log, logFormat), log.condition, bufferedLogs),
    );
    byteCounting.isWanted ||= logs.some(({ isLate }) => isLate);
    logsOf.set(server, logs);
  },
  close(server) {
    for (const log of logsOf.get(server) ?? []) log.close();
  },
});

const logsOf = new WeakMap<ServerRecord, readonly AccessLog[]>();

function logRequest(r: RequestRecord): void {
  const logs = logsOf.get(r.server) ?? [];
  for (const log of logs) if (!log.isLate) log.log(r);
  // The answer is put off to the end of the turn only behind the log.
  if (byteCounting.isWanted) queueMicrotask(() => atEndOfTurn(() => logLate(r, logs)));
}

/** The answer has been handed over by now: its bytes can be counted. */
function logLate(r: RequestRecord, logs: readonly AccessLog[]): void {
  countBytes(r);
  for (const log of logs) if (log.isLate) log.log(r);
}

function declaredLog(
  target: string,
  format: NamedFormat,
  condition: LogCondition | undefined,
  site: DirectiveSite,
): DeclaredLog {
  return { target: resolveLogTarget(target, site), format, condition, at: { file: site.file, line: site.line } };
}

/** Nicknames may be defined further down, so they are looked up when the whole config has been read. */
function parseFormat(text: string, site: DirectiveSite): NamedFormat {
  return text === '' || text.includes('%') ? compileLogFormat(text, site.logItems) : text.toLowerCase();
}

function findFormat({ format, at }: DeclaredLog, formats: ReadonlyMap<string, NamedFormat>): LogFormat {
  const named = format === transferFormat ? formats.get(transferFormat)! : format;
  const found = typeof named === 'string' ? formats.get(named) : named;
  if (typeof found === 'function') return found;
  const hint = didYouMean(
    String(named),
    [...formats.keys()].filter((name) => name !== transferFormat),
  );
  throw new ConfigError(
    at,
    `there is no LogFormat with the nickname ${String(named)}${hint}; a format itself has a % in it`,
  );
}

function parseClause(clause: string, site: DirectiveSite): LogCondition {
  const [, kind, text = ''] = /^(env|expr)=(.+)$/is.exec(clause) ?? [];
  if (kind === undefined) {
    return site.fail(
      `${site.name}'s last argument must be env=variable, env=!variable or expr=condition, not ${clause}`,
    );
  }
  if (kind.toLowerCase() === 'expr') {
    const condition = site.parseCondition(text);
    return (r) => condition.evaluate(r);
  }
  const isAbsent = text.startsWith('!');
  const name = isAbsent ? text.slice(1) : text;
  if (name === '') return site.fail(`${site.name} ${clause} names no variable; expected env=variable or env=!variable`);
  return (r) => (r.hasEnv && r.env.has(name)) !== isAbsent;
}
