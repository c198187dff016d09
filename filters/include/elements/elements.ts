import { elif, elseElement, endif, ifElement } from './branches.ts';
import { config } from './config.ts';
import { echo } from './echo.ts';
import type { ElementAction } from './element-action.ts';
import { exec } from './exec.ts';
import { flastmod, fsize } from './file-facts.ts';
import { include } from './include.ts';
import { printenv } from './printenv.ts';
import { set } from './set.ts';

interface ElementKind {
  readonly action: ElementAction;
  /** How many attributes it needs. */
  readonly least: number;
  /** It is also met in a branch that isn't printed. */
  readonly branch?: true;
}

/** All elements there are, by their names. */
export const elements: ReadonlyMap<string, ElementKind> = new Map<string, ElementKind>([
  ['comment', { action: () => undefined, least: 0 }],
  ['config', { action: config, least: 1 }],
  ['echo', { action: echo, least: 1 }],
  ['exec', { action: exec, least: 1 }],
  ['flastmod', { action: flastmod, least: 1 }],
  ['fsize', { action: fsize, least: 1 }],
  ['include', { action: include, least: 1 }],
  ['printenv', { action: printenv, least: 0 }],
  ['set', { action: set, least: 2 }],
  ['if', { action: ifElement, least: 0, branch: true }],
  ['elif', { action: elif, least: 0, branch: true }],
  ['else', { action: elseElement, least: 0, branch: true }],
  ['endif', { action: endif, least: 0, branch: true }],
]);
