import type { Command } from './command.ts';
import type { ParsedScript } from './parse-script.ts';

/** A command in its place, with where it leads to if it jumps. */
export interface Step {
  readonly command: Command;
  /** The index of the next step after a jump; for `{` that behind its end. */
  readonly target: number;
}

export interface SedProgram {
  readonly steps: readonly Step[];
  readonly quiet: boolean;
}

/** Puts the parts of a script together. Throws an Error where a label or the end of a block is missing. */
export function linkScript(parts: readonly ParsedScript[]): SedProgram {
  const commands = parts.flatMap((part) => part.commands);
  const labels = labelsOf(commands);
  const blocks = blocksOf(commands);
  return {
    steps: commands.map((command, at) => ({
      command,
      target: blocks.get(at) ?? targetOf(command, labels, commands.length),
    })),
    quiet: parts.some(({ quiet }) => quiet),
  };
}

function labelsOf(commands: readonly Command[]): ReadonlyMap<string, number> {
  const labels = new Map<string, number>();
  for (const [at, { name, text }] of commands.entries()) {
    if (name !== ':') continue;
    if (labels.has(text)) throw new Error(`the label ${text} is there twice`);
    labels.set(text, at);
  }
  return labels;
}

/** The index behind the end of each block, by that of its beginning. */
function blocksOf(commands: readonly Command[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const [at, { name }] of commands.entries()) {
    if (name === '{') open.push(at);
    if (name !== '}') continue;
    const begin = open.pop();
    if (begin === undefined) throw new Error('a } has no {');
    ends.set(begin, at + 1);
  }
  if (open.length > 0) throw new Error('a { has no }');
  return ends;
}

function targetOf({ name, text }: Command, labels: ReadonlyMap<string, number>, end: number): number {
  if (name === 'D') return 0;
  if ((name !== 'b' && name !== 't') || text === '') return end;
  const target = labels.get(text);
  if (target === undefined) throw new Error(`there is no label ${text} to go to`);
  return target;
}
