import type { DirectiveDeclaration, DirectiveSite } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import { type SignedWords, SignedWordsReader, mergeSignedWords } from '../../core/config/signed-words.ts';

const flags = [
  'AddAltClass',
  'FancyIndexing',
  'FoldersFirst',
  'HTMLTable',
  'IconsAreLinks',
  'IgnoreCase',
  'IgnoreClient',
  'ScanHTMLTitles',
  'ShowForbidden',
  'SuppressColumnSorting',
  'SuppressDescription',
  'SuppressHTMLPreamble',
  'SuppressIcon',
  'SuppressLastModified',
  'SuppressRules',
  'SuppressSize',
  'TrackModified',
  'UseOldDateFormat',
  'VersionSort',
  'XHTML',
] as const;

export type IndexFlag = (typeof flags)[number];

/** The options that have a value; undefined where none is in force. */
interface IndexValues {
  /** Characters; infinite for `*`. */
  readonly nameWidth?: number | undefined;
  readonly descriptionWidth?: number | undefined;
  /** Pixels. */
  readonly iconWidth?: number | undefined;
  readonly iconHeight?: number | undefined;
  readonly charset?: string | undefined;
  readonly type?: string | undefined;
}

/** What IndexOptions says of how folders are listed. */
export interface IndexOptions extends SignedWords<IndexFlag> {
  readonly values: IndexValues;
  /** An IndexOptions line is in force: the listing has Apache's form instead of the usual one. */
  readonly isGiven: boolean;
}

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** How folders are listed: `FancyIndexing`, `HTMLTable`, `+FoldersFirst`, `NameWidth=*` … */
    indexOptions: Directive<string | readonly string[] | readonly (readonly string[])[], IndexOptions>;
  }
}

export const indexOptionsDirective: DirectiveDeclaration<IndexOptions> = {
  takes: 'any',
  usage: '[+|-]option[=value] …',
  help: 'How folders are listed, in the form that Apache gives them; without it, in one made for browsers of today.',
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
  override: 'Indexes',
  default: { on: new Set(), off: new Set(), relative: false, values: {}, isGiven: false },
  defaultText: 'none',
  parse: parseIndexOptions,
  combine: mergeIndexOptions,
  merge: mergeIndexOptions,
};

const byName: ReadonlyMap<string, IndexFlag> = new Map(flags.map((flag) => [flag.toLowerCase(), flag]));

interface ValueReader {
  readonly key: keyof IndexValues;
  /** What the word stands for without a value; none where it needs one. */
  readonly bare?: number;
  /** Undefined for a value that is no good. */
  readonly read: (text: string) => number | string | undefined;
  readonly words: string;
}

const valueReaders = new Map<string, ValueReader>([
  ['namewidth', { key: 'nameWidth', read: (text) => readWidth(text, 5), words: 'a number from 5 on, or *' }],
  [
    'descriptionwidth',
    { key: 'descriptionWidth', read: (text) => readWidth(text, 12), words: 'a number from 12 on, or *' },
  ],
  ['iconwidth', { key: 'iconWidth', bare: 20, read: readPixels, words: 'a number of pixels' }],
  ['iconheight', { key: 'iconHeight', bare: 22, read: readPixels, words: 'a number of pixels' }],
  ['charset', { key: 'charset', read: readToken, words: 'the name of a charset' }],
  ['type', { key: 'type', read: readToken, words: 'a content type' }],
]);

function parseIndexOptions(words: readonly string[], site: DirectiveSite): IndexOptions {
  if (words.length === 0) return site.fail('IndexOptions needs at least one option, or None');
  const reader = new SignedWordsReader<IndexFlag>();
  let values: IndexValues = {};
  for (const word of words) {
    const [, sign = '', name = '', value] = /^([+-]?)([^=]*)(?:=(.*))?$/s.exec(word)!;
    const valueReader = valueReaders.get(name.toLowerCase());
    if (valueReader !== undefined) {
      values = { ...values, [valueReader.key]: readValue(valueReader, sign, value, word, site) };
      continue;
    }
    const flag = byName.get(name.toLowerCase());
    if (flag !== undefined && value === undefined) reader.add(sign, flag);
    else if (name.toLowerCase() === 'none' && sign === '' && value === undefined) reader.clear();
    else
      return site.fail(
        `IndexOptions knows no "${word}"${didYouMean(name, [...flags, 'None', 'NameWidth', 'Charset'])}`,
      );
  }
  return { ...reader.take(), values, isGiven: true };
}

function readValue(
  { key, bare, read, words }: ValueReader,
  sign: string,
  value: string | undefined,
  word: string,
  site: DirectiveSite,
): number | string | undefined {
  if (sign === '-' && value === undefined) return undefined;
  const found = value === undefined ? bare : read(value);
  return (
    found ?? site.fail(`IndexOptions: ${key.charAt(0).toUpperCase()}${key.slice(1)} takes ${words}, not "${word}"`)
  );
}

function mergeIndexOptions(outer: IndexOptions, inner: IndexOptions): IndexOptions {
  return { ...mergeSignedWords(outer, inner), values: { ...outer.values, ...inner.values } };
}

function readWidth(text: string, least: number): number | undefined {
  if (text === '*') return Number.POSITIVE_INFINITY;
  return /^\d{1,5}$/.test(text) && Number(text) >= least ? Number(text) : undefined;
}

function readPixels(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

function readToken(text: string): string | undefined {
  return /^[\w!#$%&'*+./^`|~-]+$/.test(text) ? text : undefined;
}
