/** @typedef {import('./statistics.mjs').Summary} Summary */
/** @typedef {{ name: string, version: string, failure?: string | undefined, summary: Summary }} Row */
/** @typedef {{ id: string, title: string, rows: readonly Row[] }} WorkloadResult */

const columns = ['contender', 'requests/s', 'min–max', 'ratio', 'min–max', 'p99 ms', 'CPU µs', 'MB', 'failures'];

/**
 * One workload's figures as a Markdown table, with a line for each contender that failed.
 *
 * @param {WorkloadResult} result
 */
export function workloadTable({ id, title, rows }) {
  const lines = markdownTable(columns, rows.map(figures));
  const failures = rows
    .filter(({ failure }) => failure !== undefined)
    .map(({ name, failure }) => `${name}: ${failure}`);
  return [`${id}: ${title}`, '', ...lines, ...(failures.length > 0 ? ['', ...failures] : [])].join('\n');
}

/**
 * Contenders by workloads: the median ratio to bare node:http.
 *
 * @param {readonly WorkloadResult[]} results
 */
export function ratioTable(results) {
  const names = [...new Set(results.flatMap(({ rows }) => rows.map(({ name }) => name)))];
  const lines = names.map((name) => [
    name,
    ...results.map(({ rows }) => {
      const row = rows.find((candidate) => candidate.name === name);
      if (row?.failure !== undefined) return 'failed';
      return fixed(row?.summary.ratio?.median, 2);
    }),
  ]);
  return markdownTable(['ratio to bare', ...results.map(({ id }) => id)], lines).join('\n');
}

/** @param {Row} row */
function figures({ name, version, failure, summary }) {
  const { requestsPerSecond, ratio, p99, processor, memory, badStatus, socketErrors } = summary;
  const failures = [
    ...(failure === undefined ? [] : ['failed, see below']),
    ...(badStatus === 0 ? [] : [`${badStatus} status`]),
    ...(socketErrors === 0 ? [] : [`${socketErrors} socket`]),
  ];
  return [
    `${name} ${version}`.trim(),
    fixed(requestsPerSecond?.median, 0),
    range(requestsPerSecond, 0),
    fixed(ratio?.median, 2),
    range(ratio, 2),
    fixed(p99, 1),
    fixed(processor, 1),
    fixed(memory, 0),
    failures.join(', ') || '0',
  ];
}

/**
 * @param {import('./statistics.mjs').Spread | undefined} values
 * @param {number} digits
 */
function range(values, digits) {
  return values === undefined ? '–' : `${fixed(values.min, digits)}–${fixed(values.max, digits)}`;
}

/**
 * @param {number | undefined} value
 * @param {number} digits
 */
function fixed(value, digits) {
  return value === undefined ? '–' : value.toFixed(digits);
}

/**
 * The first column to the left, the others to the right.
 *
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(head, rows) {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)];
}
