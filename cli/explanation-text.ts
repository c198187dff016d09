import { relative } from 'node:path';
import { formatPosition } from '../core/config/config-error.ts';
import type { Position } from '../core/config/tree.ts';
import type { Explanation } from '../core/explain.ts';
import { columns } from './columns.ts';
import { heading } from './print.ts';

/** What a request would meet, for people. */
export function explanationText(explanation: Explanation): string {
  const { sections, inputFilters, outputFilters, notRun } = explanation;
  const parts = [
    columns(facts(explanation)),
    section(
      'Sections, the later ones over the earlier ones',
      sections.map((at) => [at.name, place(at)]),
    ),
    section('Phases', phaseRows(explanation)),
    section(
      'Output filters, from the handler to the network',
      outputFilters.map(({ name, type }) => [name, type]),
    ),
    section(
      'Input filters, from the handler to the network',
      inputFilters.map((name) => [name]),
    ),
    section(
      'Not run here, but able to change the rest',
      notRun.map((name) => [name]),
    ),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string | undefined {
  return rows.length === 0 ? undefined : `${heading(title)}\n${columns(rows)}`;
}

function facts({ server, uri, filename, pathInfo, params, contentType, handler, refused }: Explanation): string[][] {
  const known: [string, string | undefined][] = [
    ['server', `${server.name} (${place(server)})`],
    ['refused', refused === undefined ? undefined : `with ${refused}; nothing but logging follows`],
    ['path', uri],
    ['params', Object.keys(params).length === 0 ? undefined : JSON.stringify(params)],
    ['file', filename],
    ['path info', pathInfo === '' ? undefined : pathInfo],
    ['type', contentType],
    ['handler', handler],
  ];
  return known.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function phaseRows({ phases, refused }: Explanation): string[][] {
  const reached = phases.filter(({ rule }) => refused === undefined || rule === 'failsafe');
  return reached.flatMap(({ name, rule, steps }) => {
    if (steps.length === 0) return [[name, rule, '-']];
    return steps.map((step, at) => [at === 0 ? name : '', at === 0 ? rule : '', step.name, step.plugin, step.place]);
  });
}

/** Short where the file is below the current folder. */
function place(at: Position): string {
  const path = relative('', at.file);
  return formatPosition(path.startsWith('..') ? at : { ...at, file: path });
}
