import { type Evaluated, whenReady } from '../../core/expression/evaluated.ts';
import type { ExpressionVariable } from '../../core/expression/extensions.ts';
import { coreVocabulary } from '../../core/expression/vocabulary.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { readTlsVariable } from '../ssl/tls-variables.ts';
import type { RuleRun } from './rule-run.ts';

type Read = (run: RuleRun, r: RequestRecord) => Evaluated<string>;

/**
 * Compiles what stands in `%{…}`: a variable's name in either case, or `ENV:`, `HTTP:`, `SSL:`, `LA-U:` or `LA-F:` and a
 * name. An unknown one is empty, as in Apache.
 */
export function compileVariable(text: string): (run: RuleRun) => Evaluated<string> {
  const read = readerOf(text);
  return (run) => read(run, run.r);
}

function readerOf(text: string): Read {
  const { prefix, name } = /^(?:(?<prefix>ENV|HTTP|SSL|LA-U|LA-F):)?(?<name>.*)$/is.exec(text)!.groups!;
  if (prefix === undefined) return plainVariable(text.toUpperCase());
  return prefixes[prefix.toUpperCase()]!(name!);
}

const prefixes: Readonly<Record<string, (name: string) => Read>> = {
  ENV: (name) => (_, r) => r.notes.get(name) ?? r.env.get(name) ?? process.env[name] ?? '',
  HTTP: (name) => (run, r) => run.readHeader(r, name),
  SSL: (name) => (_, r) => readTlsVariable(r.connection, name) ?? '',
  'LA-U': (name) => lookahead(name, (run, r) => r.lookupUri(run.urlPath)),
  'LA-F': (name) =>
    lookahead(name, (run, r) => {
      const isUrl = run.prefix !== undefined && run.subject.startsWith('/');
      return isUrl ? r.lookupUri(run.subject) : r.lookupFile((run.prefix ?? '') + run.subject);
    }),
};

/** The value that a variable will have later: a subrequest is asked. */
function lookahead(
  name: string,
  look: (run: RuleRun, r: RequestRecord) => Evaluated<{ readonly r: RequestRecord }>,
): Read {
  const read = readerOf(name);
  return (run, r) => {
    if (r.main?.uri === r.uri) return '';
    return whenReady(look(run, r), (sub) => read(run, sub.r));
  };
}

function plainVariable(name: string): Read {
  const own = ownVariables.get(name);
  if (own !== undefined) return own;
  if (!shared.has(name)) return () => '';
  return readVariable(coreVocabulary.variables.get(name)!);
}

function readVariable(variable: ExpressionVariable): Read {
  const { varyOn } = variable;
  if (varyOn !== undefined) return (run, r) => run.readHeader(r, varyOn);
  return (_, r) => whenReady(variable.read(r), (value) => value ?? '');
}

/** Variables that mean something else while rules are being applied. */
const ownVariables: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['REQUEST_FILENAME', (run, r) => (r === run.r ? run.path : (r.filename ?? ''))],
  ['SCRIPT_FILENAME', (run, r) => (r === run.r ? run.path : (r.filename ?? ''))],
  ['SERVER_ADDR', (_, r) => r.connection.localIp],
  ['DOCUMENT_ROOT', (_, r) => r.config.documentRoot ?? ''],
]);

/** Variables of expressions that rules know too. */
const shared: ReadonlySet<string> = new Set([
  'API_VERSION',
  'AUTH_TYPE',
  'CONN_REMOTE_ADDR',
  'CONTEXT_DOCUMENT_ROOT',
  'CONTEXT_PREFIX',
  'HTTPS',
  'HTTP_ACCEPT',
  'HTTP_COOKIE',
  'HTTP_FORWARDED',
  'HTTP_HOST',
  'HTTP_PROXY_CONNECTION',
  'HTTP_REFERER',
  'HTTP_USER_AGENT',
  'IPV6',
  'IS_SUBREQ',
  'PATH_INFO',
  'QUERY_STRING',
  'REMOTE_ADDR',
  'REMOTE_HOST',
  'REMOTE_IDENT',
  'REMOTE_PORT',
  'REMOTE_USER',
  'REQUEST_METHOD',
  'REQUEST_SCHEME',
  'REQUEST_URI',
  'SCRIPT_GROUP',
  'SCRIPT_USER',
  'SERVER_ADMIN',
  'SERVER_NAME',
  'SERVER_PORT',
  'SERVER_PROTOCOL',
  'SERVER_SOFTWARE',
  'THE_REQUEST',
  'TIME',
  'TIME_DAY',
  'TIME_HOUR',
  'TIME_MIN',
  'TIME_MON',
  'TIME_SEC',
  'TIME_WDAY',
  'TIME_YEAR',
]);
