import type { DirectiveSite } from '../core/config/directive.ts';
import { didYouMean } from '../core/config/nearest-name.ts';
import { type SignedWords, mergeSignedWords } from '../core/config/signed-words.ts';
import { definePlugin } from '../core/plugin.ts';

/** An option's name in lower case, as the sets below hold it. */
export type Option = 'followsymlinks' | 'includes' | 'includesexec' | 'indexes' | 'multiviews' | 'symlinksifownermatch';

/** The options in force. */
export type Options = SignedWords<Option>;

declare module '../core/config/directive.ts' {
  interface Directives {
    /** What may be done in a folder: `FollowSymLinks`, `-SymLinksIfOwnerMatch`, `None` … */
    options: Directive<string | readonly string[] | readonly (readonly string[])[], Options>;
  }
}

const spellings: readonly string[] = [
  'FollowSymLinks',
  'Includes',
  'IncludesNOEXEC',
  'Indexes',
  'MultiViews',
  'SymLinksIfOwnerMatch',
];

/** What each name stands for, in lower case. */
const known: ReadonlyMap<string, readonly Option[]> = new Map<string, readonly Option[]>([
  ['followsymlinks', ['followsymlinks']],
  ['includes', ['includes', 'includesexec']],
  ['includesnoexec', ['includes']],
  ['indexes', ['indexes']],
  ['multiviews', ['multiviews']],
  ['symlinksifownermatch', ['symlinksifownermatch']],
]);

/** What All stands for; as in Apache, the weaker of two related options is not in it. */
const all: readonly Option[] = ['followsymlinks', 'includes', 'includesexec', 'indexes'];

/** Apache's options for features that don't exist here yet. */
const unsupported: ReadonlySet<string> = new Set(['execcgi']);

/** Declares Options; handlers read `r.config.options`. */
export const options = definePlugin({
  name: 'options',
  directives: {
    Options: {
      takes: 'any',
      usage: '[+|-]option …',
      help: 'What may be done in a folder: FollowSymLinks and SymLinksIfOwnerMatch let symbolic links lead out of it, always or to files of the same owner; Indexes lists the files of a folder that has no index; Includes lets the filter INCLUDES put pages together, and IncludesNOEXEC does so without running anything; MultiViews finds files by their names without extensions; None, All.',
      contexts: ['server config', 'virtual host', 'directory', '.htaccess'],
      override: 'Options',
      default: { on: new Set(), off: new Set(), relative: false },
      defaultText: 'None',
      parse: parseOptions,
      combine: mergeSignedWords,
      merge: mergeSignedWords,
    },
  },
});

function parseOptions(words: readonly string[], site: DirectiveSite): Options {
  if (words.length === 0) return site.fail('Options needs at least one option, or None');
  const signs = new Set(words.map((word) => /^[+-]/.test(word)));
  if (signs.size > 1) {
    return site.fail(`either all options have a sign or none, but here is "${words.join(' ')}"`);
  }
  const on = new Set<Option>();
  const off = new Set<Option>();
  for (const [index, word] of words.entries()) {
    for (const option of readOption(word, index, site)) (word.startsWith('-') ? off : on).add(option);
    // As in Apache, this takes away what an outer Includes would allow.
    if (word.toLowerCase() === '+includesnoexec') off.add('includesexec');
  }
  return { on, off, relative: signs.has(true) };
}

function readOption(word: string, index: number, site: DirectiveSite): readonly Option[] {
  const name = word.replace(/^[+-]/, '').toLowerCase();
  if (name === 'none' || name === 'all') {
    if (index > 0 || name !== word.toLowerCase()) return site.fail(`${word} must be the first option and has no sign`);
    return name === 'none' ? [] : permitted(all, word, site);
  }
  if (unsupported.has(name)) return site.fail(`the option ${word} is not supported yet; leave it out`);
  const named = known.get(name);
  if (named === undefined) {
    return site.fail(`there is no option ${word}${didYouMean(name, [...spellings, 'None', 'All'])}`);
  }
  return permitted(named, word, site);
}

/** `AllowOverride Options=…` lists what an `.htaccess` file may name. */
function permitted(named: readonly Option[], word: string, site: DirectiveSite): readonly Option[] {
  if (site.override?.options === undefined) return named;
  const allowed = new Set(Array.from(site.override.options, (name) => known.get(name) ?? []).flat());
  if (named.every((option) => allowed.has(option))) return named;
  return site.fail(`the option ${word} is not allowed here: AllowOverride doesn't list it`);
}
