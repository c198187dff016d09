import { accessSync } from 'node:fs';
import type { DirectiveSite } from '../../core/config/directive.ts';
import { splitWords } from '../../core/config/words.ts';
import { coreVocabulary } from '../../core/expression/vocabulary.ts';
import { messageOf } from '../../core/thrown.ts';
import { ProgramMap } from './program-map.ts';
import type { RewriteMap } from './rewrite-map.ts';
import { textMap } from './text-map.ts';

/** Reads `name type:source` of RewriteMap. Throws through `site`, also where the file isn't there. */
export function parseRewriteMap([name = '', source = '', user]: readonly string[], site: DirectiveSite): RewriteMap {
  const { type = 'txt', rest } = /^(?:(?<type>txt|rnd|int|prg|dbm(?:=\w+)?|dbd|fastdbd):)?(?<rest>.*)$/is.exec(source)!
    .groups as { type?: string; rest: string };
  if (user !== undefined) {
    return site.fail(
      `RewriteMap ${name}: map programs run as the server itself, so "${user}" can't be honoured; leave it out`,
    );
  }
  switch (type.toLowerCase()) {
    case 'txt':
    case 'rnd':
      return textMap(existing(site.resolve(rest), name, site), type.toLowerCase() === 'rnd');
    case 'int':
      return internalMap(rest, name, site);
    case 'prg': {
      const [program = '', ...args] = splitWords(rest);
      return new ProgramMap({ program: existing(site.resolve(program), name, site), args });
    }
    default:
      return site.fail(`RewriteMap ${name}: maps of type ${type} are not supported; make a txt: or prg: map of it`);
  }
}

function internalMap(functionName: string, name: string, site: DirectiveSite): RewriteMap {
  const found = internalNames.has(functionName) ? coreVocabulary.functions.get(functionName) : undefined;
  if (found === undefined) {
    return site.fail(
      `RewriteMap ${name}: the internal maps are ${[...internalNames].join(', ')}; there is none called "${functionName}"`,
    );
  }
  return { look: (key, r) => found.call(r, key) };
}

const internalNames: ReadonlySet<string> = new Set(['toupper', 'tolower', 'escape', 'unescape']);

function existing(path: string, name: string, site: DirectiveSite): string {
  try {
    accessSync(path);
    return path;
  } catch (error) {
    return site.fail(`RewriteMap ${name}: the map can't be read: ${messageOf(error)}`);
  }
}
