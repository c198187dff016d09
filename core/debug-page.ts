import { inspect } from 'node:util';
import { escapeHtml } from './escape-html.ts';
import { htmlPage } from './html-page.ts';
import type { RequestRecord } from './request-record.ts';
import { sectionName } from './section-name.ts';
import { type SourceExcerpt, sourceExcerpt } from './source-excerpt.ts';

/** The error page under `Debug On`: what failed, the request, the phases walked, the sections merged. Works without scripts. */
export function debugPage(r: RequestRecord, failure: unknown): string {
  const title = `${r.method} ${r.uri}: ${messageLine(failure)}`;
  const failed = r.trail?.findLast(({ verdict }) => verdict === '500');
  const place =
    failed === undefined
      ? ''
      : `<p>Thrown in the phase <b>${failed.phase}</b> by ${escapeHtml(failed.name)} (${escapeHtml(failed.plugin)}).</p>`;
  const body = `<h1>${escapeHtml(messageLine(failure))}</h1>
${place}
${causes(failure).map(oneFailure).join('\n<h2>Caused by</h2>\n')}
<h2>Phases walked</h2>
${table(
  ['phase', 'handler', 'plugin', 'verdict', 'ms'],
  (r.trail ?? []).map((step) => [step.phase, step.name, step.plugin, step.verdict, step.milliseconds.toFixed(2)]),
)}
<h2>Request</h2>
${table(['', ''], requestRows(r))}
<h2>Sections merged, in order</h2>
${table(
  ['section', 'where'],
  r.plan.scopes.map((scope) => [sectionName(scope), scope.line > 0 ? `${scope.file}:${scope.line}` : scope.file]),
)}
<h2>Config said by them</h2>
${table(['key', 'value'], configRows(r))}
<p>This page is shown because <code>Debug</code> is <code>On</code> here; clients of a public server must never see it.</p>
`;
  return htmlPage(title, body, style);
}

const style = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
h1 { font-size: 1.4rem; overflow-wrap: anywhere } h2 { font-size: 1.1rem; margin-top: 2rem }
pre { background: color-mix(in srgb, currentColor 7%, transparent); overflow-x: auto; padding: .75rem } mark { display: inline-block; min-width: 100% }
table { border-collapse: collapse } th { text-align: left } td, th { padding: .1rem 1rem .1rem 0; vertical-align: top; overflow-wrap: anywhere } td { font-family: ui-monospace, monospace; font-size: .9rem }`;

/** An error and its causes, the outermost first; a circle ends where it closes. */
function causes(failure: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = failure; at !== undefined && !chain.includes(at); at = causeOf(at)) chain.push(at);
  return chain;
}

function causeOf(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'cause' in thrown ? thrown.cause : undefined;
}

function oneFailure(thrown: unknown): string {
  const text = stackOf(thrown);
  const excerpt = sourceExcerpt(text);
  return `${excerpt === undefined ? '' : excerptHtml(excerpt)}<pre>${escapeHtml(text)}</pre>`;
}

function excerptHtml({ file, line, lines }: SourceExcerpt): string {
  const rows = lines.map(({ number, text }) => {
    const row = escapeHtml(`${String(number).padStart(5)}  ${text}`);
    return number === line ? `<mark>${row}</mark>` : row;
  });
  return `<p><code>${escapeHtml(file)}:${line}</code></p>\n<pre>${rows.join('\n')}</pre>\n`;
}

function messageLine(failure: unknown): string {
  return stackOf(failure).split('\n', 1)[0]!;
}

function stackOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return `${inspect(thrown)} was thrown, which is not an Error`;
  return 'stack' in thrown && typeof thrown.stack === 'string' ? thrown.stack : inspect(thrown);
}

function requestRows(r: RequestRecord): string[][] {
  const headers = [...r.headersIn].map(([name, value]) => [name, secretHeader.test(name) ? '(hidden)' : value]);
  return [
    ['request', r.theRequest],
    ['uri', r.uri],
    ['args', r.args ?? ''],
    ['filename', r.translatedFilename ?? ''],
    ['user', r.user ?? ''],
    ['handler', r.handler ?? ''],
    ['client', r.clientIp],
    ...headers,
  ];
}

const secretHeader = /authorization|cookie|token|secret|api-?key|password/i;

function configRows(r: RequestRecord): string[][] {
  const keys = new Set(r.plan.scopes.flatMap(({ values }) => [...values.keys()]));
  const values = r.config as Readonly<Record<string, unknown>>;
  return [...keys].sort().map((key) => [key, inspect(values[key], { depth: 3, breakLength: 100 })]);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.some((text) => text !== '')
    ? `<tr>${heads.map((text) => `<th>${text}</th>`).join('')}</tr>\n`
    : '';
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`);
  return `<table>\n${head}${body.join('\n')}\n</table>`;
}
