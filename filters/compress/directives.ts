import type { Context, DirectiveDeclaration } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import type { AlterETag, FilterNote } from './codings.ts';

const server: readonly Context[] = ['server config', 'virtual host'];

/** A whole number between two bounds. */
export function numberDirective(
  help: string,
  least: number,
  most: number,
  normal: number,
): DirectiveDeclaration<number> {
  return {
    takes: 'one',
    usage: most === Number.MAX_SAFE_INTEGER ? 'number' : `${least}-${most}`,
    help,
    contexts: server,
    default: normal,
    parse([text = ''], site) {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= least && value <= most) return value;
      const range = most === Number.MAX_SAFE_INTEGER ? `${least} on` : `${least} to ${most}`;
      return site.fail(`${site.name} takes a number from ${range}, not "${text}"`);
    },
  };
}

const etagWords = new Map<string, AlterETag>([
  ['addsuffix', 'AddSuffix'],
  ['nochange', 'NoChange'],
  ['remove', 'Remove'],
]);

export function alterETagDirective(suffix: string): DirectiveDeclaration<AlterETag> {
  return {
    takes: 'one',
    usage: 'AddSuffix | NoChange | Remove',
    help: `What becomes of the ETag of a compressed response: it gets ${suffix} at its end, stays, or is dropped.`,
    contexts: server,
    default: 'AddSuffix',
    parse: ([word = ''], site) =>
      etagWords.get(word.toLowerCase()) ??
      site.fail(
        `${site.name} takes AddSuffix, NoChange or Remove, not "${word}"${didYouMean(word, etagWords.values())}`,
      ),
  };
}

const noteKinds: Readonly<Record<string, FilterNote['kind']>> = { input: 'input', output: 'output', ratio: 'ratio' };

export const filterNoteDirective: DirectiveDeclaration<readonly FilterNote[]> = {
  takes: 'oneOrTwo',
  usage: '[Input | Output | Ratio] note',
  help: 'Leaves the bytes before or after compression, or their ratio in percent, in a note for the log: %{note}n.',
  contexts: server,
  default: [],
  parse(words, site) {
    const [kind = ''] = words.length === 1 ? ['ratio'] : words;
    const known = noteKinds[kind.toLowerCase()];
    if (known === undefined) return site.fail(`${site.name} knows Input, Output and Ratio, not "${kind}"`);
    return [{ kind: known, note: words.at(-1)! }];
  },
  combine: (earlier, later) => [...earlier, ...later],
};
