import type {
  Context,
  Directive,
  DirectiveDeclaration,
  DirectiveDeclarations,
  DirectiveSite,
} from '../../core/config/directive.ts';
import {
  type NameRule,
  type Remark,
  descriptionRule,
  encodingRule,
  ignoreRule,
  pathRule,
  typeRule,
} from './name-rules.ts';

/** The column that a listing is sorted by, as in its query. */
export type SortKey = 'N' | 'M' | 'S' | 'D';

export interface IndexOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

interface IgnoredNames {
  readonly tests: readonly ((name: string) => boolean)[];
  /** IndexIgnoreReset: what sections around ignore doesn't count. */
  readonly reset: boolean;
}

type RuleInput = readonly [value: string, ...names: string[]];
type Rules = Directive<RuleInput | readonly RuleInput[], readonly NameRule[]>;

declare module '../../core/config/directive.ts' {
  interface Directives {
    /** A picture's URL, or `(ALT,URL)`, and the names it is for. */
    addIcon: Rules;
    /** The same by content type; all of these write to the value of `addIcon`. */
    addIconByType: Rules;
    /** The same by content encoding. */
    addIconByEncoding: Rules;
    /** The text in place of a picture, and the names it is for. */
    addAlt: Rules;
    /** The same by content type. */
    addAltByType: Rules;
    /** The same by content encoding. */
    addAltByEncoding: Rules;
    /** What is said about files; HTML. */
    addDescription: Rules;
    /** The picture for everything that no other line names. */
    defaultIcon: Directive<string, string | undefined>;
    /** A file whose content stands above the listing. */
    headerName: Directive<string, string | undefined>;
    /** A file whose content stands below the listing. */
    readmeName: Directive<string, string | undefined>;
    /** HTML for the head of the page. */
    indexHeadInsert: Directive<string, string | undefined>;
    /** Names that aren't listed. */
    indexIgnore: Directive<string | readonly string[], IgnoredNames>;
    /** Forgets what sections around ignore. */
    indexIgnoreReset: Directive<boolean, IgnoredNames>;
    /** How a listing is sorted until the client chooses. */
    indexOrderDefault: Directive<readonly [string, string], IndexOrder>;
    /** The URL of a style sheet for the page. */
    indexStyleSheet: Directive<string, string | undefined>;
  }
}

const shared = {
  contexts: ['server config', 'virtual host', 'directory', '.htaccess'] satisfies readonly Context[],
  override: 'Indexes',
} as const;

const ruleList = {
  ...shared,
  takes: 'iterate2',
  combine: (earlier, later) => [...earlier, ...later],
  // The first line that matches counts: those of the inner section are asked first.
  merge: (outer, inner) => [...inner, ...outer],
} satisfies Partial<DirectiveDeclaration<readonly NameRule[]>>;

const ignoredNames = {
  combine: (earlier, later) => ({ tests: [...earlier.tests, ...later.tests], reset: earlier.reset || later.reset }),
  merge: (outer, inner) => (inner.reset ? inner : { tests: [...outer.tests, ...inner.tests], reset: outer.reset }),
} satisfies Partial<DirectiveDeclaration<IgnoredNames>>;

const sortKeys = new Map<string, SortKey>([
  ['name', 'N'],
  ['date', 'M'],
  ['size', 'S'],
  ['description', 'D'],
]);

export const indexDirectives: DirectiveDeclarations = {
  AddIcon: {
    ...ruleList,
    usage: 'url | (alt,url) name …',
    help: 'A picture and the names it is for; ^^DIRECTORY^^ for folders.',
    default: [],
    parse: ([icon = '', pattern = ''], site) => [pathRule(pattern, readIcon(icon, site))],
  },
  AddIconByType: pictures(
    'url | (alt,url) content-type …',
    'A picture and the content types it is for.',
    typeRule,
    readIcon,
  ),
  AddIconByEncoding: pictures(
    'url | (alt,url) encoding …',
    'A picture and the encodings it is for.',
    encodingRule,
    readIcon,
  ),
  AddAlt: pictures('text name …', 'The text in place of a picture and the names it is for.', pathRule, readAlt),
  AddAltByType: pictures(
    'text content-type …',
    'The text in place of a picture and the types it is for.',
    typeRule,
    readAlt,
  ),
  AddAltByEncoding: pictures(
    'text encoding …',
    'The text in place of a picture and the encodings it is for.',
    encodingRule,
    readAlt,
  ),
  AddDescription: {
    ...ruleList,
    usage: 'text name …',
    help: 'What a listing says about files, in HTML.',
    default: [],
    parse: ([text = '', name = '']) => [descriptionRule(name, { description: text })],
  },
  DefaultIcon: { ...shared, takes: 'one', usage: 'url', help: 'The picture for everything that no other line names.' },
  HeaderName: { ...shared, takes: 'one', usage: 'file', help: 'A file whose content stands above the listing.' },
  ReadmeName: { ...shared, takes: 'one', usage: 'file', help: 'A file whose content stands below the listing.' },
  IndexHeadInsert: { ...shared, takes: 'one', usage: 'markup', help: 'HTML for the head of a listing.' },
  IndexIgnore: {
    ...shared,
    ...ignoredNames,
    takes: 'iterate',
    usage: 'name …',
    help: 'Names that are not listed; * and ? are wildcards.',
    default: { tests: [], reset: false },
    defaultText: 'none',
    parse: ([pattern = '']) => ({ tests: [ignoreRule(pattern)], reset: false }),
  },
  IndexIgnoreReset: {
    ...shared,
    takes: 'flag',
    usage: 'On | Off',
    help: 'Whether the names that sections around ignore are listed here.',
    into: 'indexIgnore',
    parse: ([answer = '']) => ({ tests: [], reset: answer.toLowerCase() === 'on' }),
  },
  IndexOrderDefault: {
    ...shared,
    takes: 'two',
    usage: 'Ascending | Descending Name | Date | Size | Description',
    help: 'How a listing is sorted until the client chooses.',
    default: { key: 'N', descending: false },
    defaultText: 'Ascending Name',
    parse: parseOrder,
  },
  IndexStyleSheet: {
    ...shared,
    takes: 'one',
    usage: 'url',
    help: "The style sheet for listings, in place of Sluice's own.",
  },
};

function pictures(
  usage: string,
  help: string,
  rule: (pattern: string, remark: Remark) => NameRule,
  read: (text: string, site: DirectiveSite) => Remark,
): DirectiveDeclaration<readonly NameRule[]> {
  return {
    ...ruleList,
    usage,
    help,
    into: 'addIcon',
    parse: ([text = '', pattern = ''], site) => [rule(pattern, read(text, site))],
  };
}

/** `/icons/sound.gif`, or `(SND,/icons/sound.gif)` with the text in its place. */
function readIcon(icon: string, site: DirectiveSite): Remark {
  if (!icon.startsWith('(')) return { url: icon };
  const parts = /^\((?<alt>[^,]*),(?<url>[^)]+)\)$/.exec(icon)?.groups;
  if (parts === undefined) return site.fail(`${site.name} takes a URL or (alt,url), not "${icon}"`);
  return { alt: parts['alt']!.trim(), url: parts['url']!.trim() };
}

function readAlt(alt: string): Remark {
  return { alt };
}

function parseOrder([direction = '', key = '']: readonly string[], site: DirectiveSite): IndexOrder {
  const sortKey = sortKeys.get(key.toLowerCase());
  if (!/^(?:ascending|descending)$/i.test(direction) || sortKey === undefined) {
    return site.fail(
      `IndexOrderDefault takes Ascending or Descending, then Name, Date, Size or Description, not "${direction} ${key}"`,
    );
  }
  return { key: sortKey, descending: direction.toLowerCase() === 'descending' };
}
