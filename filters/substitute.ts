import type { Context, DirectiveSite } from '../core/config/directive.ts';
import { definePlugin } from '../core/plugin.ts';
import { SubstituteRun } from './substitute/substitute-run.ts';
import { type Substitution, parseSubstitution } from './substitute/substitution.ts';

/** The substitutions of a section, and those of the sections around it. */
interface Substitutions {
  readonly own: readonly Substitution[];
  readonly inherited: readonly Substitution[];
}

declare module '../core/config/directive.ts' {
  interface Directives {
    /** What the filter SUBSTITUTE replaces in each line: `s/pattern/replacement/flags`. */
    substitute: Directive<string | readonly string[], Substitutions>;
    /** The longest line that SUBSTITUTE takes, in bytes. */
    substituteMaxLineLength: Directive<number | string, number>;
    /** Whether the substitutions of outer sections come first. */
    substituteInheritBefore: Directive<boolean>;
  }
}

const everywhere: readonly Context[] = ['server config', 'virtual host', 'directory', '.htaccess'];
const mebibyte = 1_048_576;

/** Replaces text in the lines of responses. */
export const substitute = definePlugin({
  name: 'substitute',
  aliases: ['mod_substitute', 'substitute_module'],
  directives: {
    Substitute: {
      takes: 'one',
      usage: 's/pattern/replacement/[infq]',
      help: 'What SUBSTITUTE replaces in each line: i in either letter case, n plain text, q keeps what was replaced apart from the next one.',
      contexts: everywhere,
      override: 'FileInfo',
      default: { own: [], inherited: [] },
      defaultText: 'nothing',
      parse: ([rule = ''], site) => ({ own: [parseSubstitution(rule, site)], inherited: [] }),
      combine: (earlier, later) => ({ own: [...earlier.own, ...later.own], inherited: [] }),
      merge: (outer, inner) => ({ own: inner.own, inherited: inOrder(outer) }),
    },
    SubstituteMaxLineLength: {
      takes: 'one',
      usage: 'bytes[b|k|m|g]',
      help: 'The longest line that SUBSTITUTE takes, before and after; a longer one is an error.',
      contexts: everywhere,
      override: 'FileInfo',
      default: mebibyte,
      parse: ([size = ''], site) => parseLineLength(size, site),
    },
    SubstituteInheritBefore: {
      takes: 'flag',
      usage: 'On | Off',
      help: 'Whether the substitutions of outer sections come before those of the inner one.',
      contexts: everywhere,
      override: 'FileInfo',
      default: false,
    },
  },
  outputFilters: {
    SUBSTITUTE: {
      brigade(brigade, f) {
        f.remove();
        const { substitute: all, substituteMaxLineLength, substituteInheritBefore } = f.r.config;
        const rules = substituteInheritBefore ? [...all.inherited, ...all.own] : [...all.own, ...all.inherited];
        f.insertNext(new SubstituteRun(rules, substituteMaxLineLength));
        return brigade;
      },
    },
  },
});

function inOrder({ own, inherited }: Substitutions): readonly Substitution[] {
  return [...own, ...inherited];
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1_024, m: mebibyte, g: 1_024 * mebibyte };

function parseLineLength(size: string, site: DirectiveSite): number {
  const found = /^(?<number>\d{1,12})(?<unit>[bkmg]?)$/i.exec(size)?.groups;
  const bytes = found === undefined ? 0 : Number(found['number']) * units[found['unit']!.toLowerCase()]!;
  return bytes > 0 ? bytes : site.fail(`SubstituteMaxLineLength takes a size such as 65536 or 2m, not "${size}"`);
}
