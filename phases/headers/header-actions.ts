import type { RequestRecord } from '../../core/request-record.ts';
import type { Table } from '../../core/table.ts';
import { substituteGroups } from '../substitute-groups.ts';

/** What an action works with; absent parts are those that the action doesn't take. */
export interface HeaderChange {
  /** The header; for `echo` a regular expression. */
  readonly name: string;
  readonly pattern: RegExp | undefined;
}

export interface HeaderAction {
  /** Whether a value, and for `edit` a pattern in front of it, is given. */
  readonly takes: 'value' | 'pattern and value' | 'nothing';
  /** Only the response's headers know it. */
  readonly responseOnly?: true;
  /** Changes `fields`; `value` is empty where the action takes none. */
  apply(fields: Table, change: HeaderChange, value: string, r: RequestRecord): void;
}

/** The second word of Header and RequestHeader. */
export const headerActions: ReadonlyMap<string, HeaderAction> = new Map<string, HeaderAction>([
  ['set', { takes: 'value', apply: (fields, { name }, value) => fields.set(name, value) }],
  ['append', { takes: 'value', apply: append }],
  ['add', { takes: 'value', apply: (fields, { name }, value) => fields.append(name, value) }],
  ['merge', { takes: 'value', apply: merge }],
  ['setifempty', { takes: 'value', apply: setIfEmpty }],
  ['unset', { takes: 'nothing', apply: (fields, { name }) => fields.delete(name) }],
  ['echo', { takes: 'nothing', responseOnly: true, apply: echo }],
  ['note', { takes: 'value', responseOnly: true, apply: note }],
  ['edit', { takes: 'pattern and value', apply: edit }],
  ['edit*', { takes: 'pattern and value', apply: edit }],
]);

/** To the list in the first field of that name. */
function append(fields: Table, { name }: HeaderChange, value: string): void {
  const [first, ...others] = fields.getAll(name);
  if (first === undefined) {
    fields.append(name, value);
    return;
  }
  fields.set(name, `${first}, ${value}`);
  for (const other of others) fields.append(name, other);
}

/** Elements are compared with their letter case; a comma inside quotes is part of an element. */
function merge(fields: Table, change: HeaderChange, value: string): void {
  const elements = fields.get(change.name)?.match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/gs) ?? [];
  if (!elements.some((element) => element.trim() === value)) append(fields, change, value);
}

function setIfEmpty(fields: Table, { name }: HeaderChange, value: string): void {
  if (!fields.has(name)) fields.append(name, value);
}

/** Sends the request's headers of matching names back. */
function echo(fields: Table, { pattern }: HeaderChange, _value: string, r: RequestRecord): void {
  for (const [name, value] of r.headersIn) if (pattern!.test(name)) fields.append(name, value);
}

/** Keeps the header's value in the request's notes; `value` is the note's name. */
function note(fields: Table, { name }: HeaderChange, value: string, r: RequestRecord): void {
  const current = fields.get(name);
  if (current !== undefined) r.notes.set(value, current);
}

function edit(fields: Table, { name, pattern }: HeaderChange, value: string): void {
  const edited = fields.getAll(name).map((current) => replaceMatches(current, pattern!, value));
  if (edited.length === 0) return;
  fields.set(name, edited[0]!);
  for (const further of edited.slice(1)) fields.append(name, further);
}

/** The first match, or every match where the pattern is global. */
function replaceMatches(text: string, pattern: RegExp, template: string): string {
  return text.replace(pattern, (...found: unknown[]) => {
    const end = found.findIndex((part) => typeof part === 'number');
    return substituteGroups(template, found.slice(0, end) as (string | undefined)[]);
  });
}
