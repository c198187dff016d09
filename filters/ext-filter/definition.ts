import type { DirectiveSite } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import type { FilterType } from '../../core/filter/filter.ts';

/** What an ExtFilterDefine line says. */
export interface Definition {
  readonly name: string;
  readonly mode: 'input' | 'output';
  readonly type: FilterType;
  readonly program: string;
  readonly args: readonly string[];
  /** The only type of body that is filtered. */
  readonly inType: string | undefined;
  /** The type of what comes out. */
  readonly outType: string | undefined;
  /** The environment variable that must be set, and the one that must not. */
  readonly enableEnv: string | undefined;
  readonly disableEnv: string | undefined;
  readonly preservesContentLength: boolean;
}

type Part = (given: string, site: DirectiveSite) => Partial<Definition>;

const parts: Readonly<Record<string, Part>> = {
  mode: (given, site) => {
    const mode = given.toLowerCase();
    if (mode === 'input' || mode === 'output') return { mode };
    return site.fail(`ExtFilterDefine: mode is input or output, not "${given}"`);
  },
  ftype: (given, site) => ({ type: typeOf(given, site) }),
  intype: (inType) => (inType === '*/*' ? {} : { inType: inType.toLowerCase() }),
  outtype: (outType) => ({ outType }),
  enableenv: (enableEnv) => ({ enableEnv }),
  disableenv: (disableEnv) => ({ disableEnv }),
  preservescontentlength: () => ({ preservesContentLength: true }),
  cmd: (given, site) => {
    const [program, ...args] = splitCommand(given);
    return program === undefined ? site.fail('ExtFilterDefine: cmd= names no program') : { program, args };
  },
};

/** Parses `name part=value … cmd="program argument …"`; inside the quotes of `cmd`, a backslash takes a quote's meaning away. */
export function parseDefinition(text: string, site: DirectiveSite): Definition {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text.trim()) ?? [];
  let said: Partial<Definition> = {};
  for (const [word, key = '', quoted, plain] of rest.matchAll(/(\w+)(?:="((?:\\.|[^"\\])*)"|=(\S*))?|\S+/gs)) {
    const part = parts[key.toLowerCase()];
    const value = quoted ?? plain;
    const needsNone = key.toLowerCase() === 'preservescontentlength';
    if (plain?.startsWith('"') === true) return site.fail(`ExtFilterDefine: ${word} has no quote at its end`);
    if (part === undefined || (value === undefined) !== needsNone) {
      return site.fail(`ExtFilterDefine doesn't know "${word}"${didYouMean(key, Object.keys(parts))}`);
    }
    said = { ...said, ...part(value ?? '', site) };
  }
  const { program, args } = said;
  if (program === undefined || args === undefined) {
    return site.fail('ExtFilterDefine needs the program: cmd="program argument …"');
  }
  return { ...defaults, ...said, name, program, args };
}

const defaults: Omit<Definition, 'name' | 'program' | 'args'> = {
  mode: 'output',
  type: 'resource',
  inType: undefined,
  outType: undefined,
  enableEnv: undefined,
  disableEnv: undefined,
  preservesContentLength: false,
};

/** Apache's numbers of the places in a chain. */
const types: ReadonlyMap<number, FilterType> = new Map([
  [1, 'resource'],
  [2, 'contentSet'],
  [3, 'protocol'],
  [4, 'transcode'],
  [5, 'connection'],
  [6, 'network'],
]);

function typeOf(given: string, site: DirectiveSite): FilterType {
  const type = /^\d\d$/.test(given) ? types.get(Math.floor(Number(given) / 10)) : undefined;
  return type ?? site.fail(`ExtFilterDefine: ftype is a number from 10 (resource) to 69 (network), not "${given}"`);
}

/** The words of a command; quotes and backslashes group as in a shell, but no shell is asked. */
function splitCommand(command: string): readonly string[] {
  const words = command.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|((?:\\.|[^\s\\])+)/gs);
  return Array.from(words, ([, double, single, plain]) => (double ?? single ?? plain!).replace(/\\(.)/gs, '$1'));
}
