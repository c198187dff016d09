import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Entry, entries } from './entries.ts';
import { type Statement, readStatements } from './statements.ts';

/** What can be imported, and what it consists of. */
export interface PublicExport {
  readonly name: string;
  /** `class`, `interface`, `type`, `function` or `const`. */
  readonly kind: string;
  readonly doc: Documentation;
  /** One line per overload; without the members. */
  readonly signatures: readonly string[];
  readonly members: readonly PublicMember[];
}

export interface PublicMember {
  readonly name: string;
  readonly signature: string;
  readonly doc: Documentation;
}

export interface Documentation {
  readonly text: string;
  readonly example: string | undefined;
}

/** What each entry of the package exports, read from the declaration files in a folder. */
export function publicSurface(declarations: string): (Entry & { readonly exports: readonly PublicExport[] })[] {
  const places = entries.map((entry) => ({ entry, places: exportsOf(join(declarations, entry.file)) }));
  const isPublic: IsPublic = (place) =>
    places.some(({ places: each }) => [...each.values()].some((other) => isSame(place, other)));
  return places.map(({ entry, places: each }) => {
    const all = Array.from(each, ([name, place]) => describe(name, place, isPublic));
    return { ...entry, exports: all.sort((one, other) => one.name.localeCompare(other.name, 'en')) };
  });
}

/** Where something is declared, and under which name. */
interface Place {
  readonly file: string;
  readonly name: string;
}

type IsPublic = (place: Place) => boolean;

function isSame(one: Place, other: Place): boolean {
  return one.file === other.file && one.name === other.name;
}

const files = new Map<string, readonly Statement[]>();

function statementsOf(file: string): readonly Statement[] {
  let statements = files.get(file);
  if (statements === undefined) files.set(file, (statements = readStatements(readFileSync(file, 'utf8'))));
  return statements;
}

const declared = /^(?<kind>class|interface|type|function|const) (?<name>[\w$]+)/;

function exportsOf(file: string): Map<string, Place> {
  const found = new Map<string, Place>();
  const source = readFileSync(file, 'utf8');
  for (const { text } of statementsOf(file)) {
    const name = declared.exec(text)?.groups!['name'];
    if (name !== undefined && isExported(source, text, name)) found.set(name, { file, name });
    const star = /^(?<onlyTypes>type )?\* from '(?<from>[^']+)'/.exec(text)?.groups;
    if (star !== undefined) {
      for (const [each, place] of exportsOf(target(file, star['from']!))) {
        if (star['onlyTypes'] === undefined || !isValue(place)) found.set(each, place);
      }
    }
    const list = /^(?:type )?\{(?<names>[^}]*)\} from '(?<from>[^']+)'/.exec(text);
    if (list === null) continue;
    const others = exportsOf(target(file, list.groups!['from']!));
    for (const item of list.groups!['names']!.split(',').map((part) => part.trim().replace(/^type /, ''))) {
      const [own = '', alias = own] = item.split(' as ');
      const place = others.get(own);
      if (place !== undefined) found.set(alias, place);
    }
  }
  return found;
}

function isExported(source: string, text: string, name: string): boolean {
  const [kind] = text.split(' ', 1);
  return new RegExp(`^export (?:declare )?(?:abstract )?${kind} ${name}\\b`, 'm').test(source);
}

/** Without a type of its own, so that an `export type` leaves nothing of it. */
function isValue(place: Place): boolean {
  return /^(?:const|function) /.test(declarationsOf(place)[0]?.text ?? '');
}

/** The declaration file of a module that another one names. */
function target(file: string, specifier: string): string {
  return join(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts'));
}

function describe(name: string, place: Place, isPublic: IsPublic): PublicExport {
  const own = declarationsOf(place);
  const [first] = own;
  if (first === undefined) throw new Error(`${place.file} declares no ${place.name}`);
  const { kind = '' } = declared.exec(first.text)!.groups!;
  const hasMembers = kind === 'class' || kind === 'interface';
  return {
    name,
    kind,
    doc: documentation(own.find(({ doc }) => doc !== '')?.doc ?? ''),
    signatures: hasMembers ? [headOf(place, isPublic)] : own.map(({ text }) => text),
    members: hasMembers ? membersOf(place, isPublic) : [],
  };
}

function declarationsOf({ file, name }: Place): Statement[] {
  return statementsOf(file).filter(({ text }) => declared.exec(text)?.groups!['name'] === name);
}

/** A class or interface without its members; bases that can't be imported are left away. */
function headOf(place: Place, isPublic: IsPublic): string {
  const { text } = declarationsOf(place)[0]!;
  const hidden = hiddenBases(place, isPublic).map(({ name }) => name);
  const head = text.slice(0, text.indexOf('{')).trim();
  const shown = basesOf(head).filter((base) => !hidden.includes(base));
  return head.replace(heritage, shown.length === 0 ? '' : ` extends ${shown.join(', ')}`);
}

/** Its own, and those of bases that can't be imported; without what only the engine calls. */
function membersOf(place: Place, isPublic: IsPublic): PublicMember[] {
  const { body = '' } = declarationsOf(place)[0]!;
  const own = readStatements(body)
    .filter(
      ({ text, doc }) =>
        !/^(?:#private|private |protected |constructor|(?:readonly )?\[)/.test(text) && !doc.includes('@internal'),
    )
    .map(({ text, doc }) => ({ name: memberName(text), signature: text, doc: documentation(doc) }));
  return [...hiddenBases(place, isPublic).flatMap((base) => membersOf(base, isPublic)), ...joinAccessors(own)];
}

const heritage = / extends (?<bases>.+?)(?= implements |$)/;

function basesOf(head: string): string[] {
  return heritage.exec(head)?.groups!['bases']!.split(/, (?![^<]*>)/) ?? [];
}

function hiddenBases(place: Place, isPublic: IsPublic): Place[] {
  const { text } = declarationsOf(place)[0]!;
  return basesOf(text.slice(0, text.indexOf('{')).trim()).flatMap((base) => {
    const found = placeOf(place.file, base);
    return found === undefined || isPublic(found) ? [] : [found];
  });
}

/** Where a name that a file uses comes from: the file itself or another of the same project. */
function placeOf(file: string, name: string): Place | undefined {
  if (declarationsOf({ file, name }).length > 0) return { file, name };
  for (const { text } of statementsOf(file)) {
    const groups = /^import (?:type )?\{(?<names>[^}]*)\} from '(?<from>\.[^']+)'/.exec(text)?.groups;
    if (!groups?.['names']!.split(/\W+/).includes(name)) continue;
    return exportsOf(target(file, groups['from']!)).get(name);
  }
  return undefined;
}

function memberName(text: string): string {
  return /^(?:readonly |static |get |set |override )*(?<name>[\w$]+)/.exec(text)?.groups!['name'] ?? text;
}

/** A getter and its setter are one member. */
function joinAccessors(members: readonly PublicMember[]): PublicMember[] {
  return members.filter(
    ({ name, signature }) =>
      !(signature.startsWith('set ') && members.some((other) => other.signature.startsWith(`get ${name}(`))),
  );
}

function documentation(doc: string): Documentation {
  const [text = '', example] = doc.split('@example');
  return {
    text: text.replaceAll('@throws ', 'Throws ').replace(/\s+/g, ' ').trim(),
    example: example?.replace(/^\n/, '').trimEnd().replace(/^ /, ''),
  };
}
