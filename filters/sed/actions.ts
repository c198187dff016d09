import type { Command } from './command.ts';
import { listing } from './listing.ts';
import { replaceMatches } from './replace-matches.ts';

/** What an action sees of the machine. */
export interface SedState {
  pattern: string;
  hold: string;
  appended: readonly string[];
  readonly line: number;
  readonly isLast: boolean;
  readonly isQuiet: boolean;
  hasReplaced: boolean;
  print(text: string): void;
  printUnlessQuiet(): void;
  printAppended(): void;
}

/** What comes after a command, where that isn't the next one. */
export type Outcome = 'jump' | 'delete' | 'read' | 'quit';

/** `isInside`: more lines of the command's range follow. */
type Action = (state: SedState, command: Command, isInside: boolean) => Outcome | void;

/** What the commands do; those that aren't here only mark a place. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['=', (state) => state.print(String(state.line))],
  ['a', append],
  ['b', () => 'jump'],
  ['c', change],
  ['d', () => 'delete'],
  ['D', deleteFirstLine],
  ['g', (state) => void (state.pattern = state.hold)],
  ['G', (state) => void (state.pattern += `\n${state.hold}`)],
  ['h', (state) => void (state.hold = state.pattern)],
  ['H', (state) => void (state.hold += `\n${state.pattern}`)],
  ['i', (state, { text }) => state.print(text)],
  ['l', (state) => state.print(listing(state.pattern))],
  ['n', readNext],
  ['N', readAnother],
  ['p', (state) => state.print(state.pattern)],
  ['P', (state) => state.print(firstLine(state.pattern))],
  ['q', () => 'quit'],
  ['s', substitute],
  ['t', jumpIfReplaced],
  ['x', exchange],
  ['y', (state, { characters }) => void (state.pattern = translate(state.pattern, characters!))],
]);

function append(state: SedState, { text }: Command): void {
  state.appended = [...state.appended, text];
}

function change(state: SedState, { text }: Command, isInside: boolean): Outcome {
  if (!isInside || state.isLast) state.print(text);
  return 'delete';
}

function deleteFirstLine(state: SedState): Outcome {
  const end = state.pattern.indexOf('\n');
  if (end < 0) return 'delete';
  state.pattern = state.pattern.slice(end + 1);
  return 'jump';
}

function readNext(state: SedState): Outcome {
  state.printUnlessQuiet();
  state.printAppended();
  state.pattern = '';
  return 'read';
}

function readAnother(state: SedState): Outcome {
  state.printAppended();
  state.pattern += '\n';
  return 'read';
}

function substitute(state: SedState, { substitution }: Command): void {
  const replaced = replaceMatches(state.pattern, substitution!);
  if (replaced === undefined) return;
  state.pattern = replaced;
  state.hasReplaced = true;
  if (!state.isQuiet || substitution!.prints === 'nothing') return;
  state.print(substitution!.prints === 'all' ? replaced : firstLine(replaced));
}

function jumpIfReplaced(state: SedState): Outcome | void {
  if (!state.hasReplaced) return;
  state.hasReplaced = false;
  return 'jump';
}

function exchange(state: SedState): void {
  const { pattern, hold } = state;
  state.pattern = hold;
  state.hold = pattern;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function translate(text: string, characters: ReadonlyMap<string, string>): string {
  let translated = '';
  for (const character of text) translated += characters.get(character) ?? character;
  return translated;
}
