import type { Answer } from './answer.ts';
import type { Pair } from './pairs.ts';

/** A pair that is not as it should be: what is wrong, and the lines that only one of the two has. */
export function pairText({ name, fault, apache, sluice }: Pair): string {
  const [left, right] = [linesOf(apache), linesOf(sluice)];
  const only = (lines: readonly string[], others: readonly string[]): string[] =>
    lines.filter((line) => !others.includes(line));
  return [
    `\n${name}\n  ${fault}`,
    ...only(left, right).map((line) => `  apache  ${line}`),
    ...only(right, left).map((line) => `  sluice  ${line}`),
    '',
  ].join('\n');
}

/** How many pairs are equal, differ by design, or are unexplained; for each plugin and in all. */
export function figures(pairs: readonly Pair[]): string {
  const plugins = [...new Set(pairs.map(({ plugin }) => plugin))].toSorted();
  const rows = plugins.map((plugin) =>
    rowOf(
      plugin,
      pairs.filter((pair) => pair.plugin === plugin),
    ),
  );
  const table = [['plugin', 'pairs', 'equal', 'by design', 'unexplained'], ...rows, rowOf('all', pairs)];
  const designs = new Map<string, number>();
  for (const { byDesign } of pairs) if (byDesign !== undefined) designs.set(byDesign, (designs.get(byDesign) ?? 0) + 1);
  return [
    '',
    ...table.map(([plugin = '', ...counts]) => plugin.padEnd(16) + counts.map((count) => count.padStart(13)).join('')),
    '',
    ...[...designs].map(([row, count]) => `by design, ${count}: ${row}`),
    '',
  ].join('\n');
}

function rowOf(plugin: string, pairs: readonly Pair[]): string[] {
  const byDesign = pairs.filter((pair) => pair.byDesign !== undefined).length;
  const unexplained = pairs.filter(({ fault }) => fault !== undefined).length;
  return [plugin, pairs.length, pairs.length - byDesign - unexplained, byDesign, unexplained].map(String);
}

function linesOf(answer: Answer | string): string[] {
  if (typeof answer === 'string') return answer.split('\n');
  const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${[value].flat().join(' | ')}`);
  return [`status ${answer.status}`, ...headers, ...answer.body.split('\n').map((line) => `> ${line}`)];
}
