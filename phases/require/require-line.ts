import type { Authorization, AuthorizationTest } from '../../core/access-provider.ts';
import type { DirectiveSite } from '../../core/config/directive.ts';
import { didYouMean } from '../../core/config/nearest-name.ts';
import { whenReady } from '../../core/expression/evaluated.ts';
import { type Requirement, requireNot } from './authorization.ts';

/** Reads `[not] provider argument …`. */
export function parseRequire(words: readonly string[], site: DirectiveSite): Requirement {
  const isNegative = words[0]?.toLowerCase() === 'not';
  const [name = '', ...rest] = isNegative ? words.slice(1) : words;
  const requirement = makeRequirement(name, rest, isNegative ? 2 : 1, site);
  if (!isNegative) return requirement;
  refuseOutsideAll(site, 'Require not');
  return { ...requireNot(requirement), text: `not ${requirement.text}` };
}

/** Where one grant is enough, something that never grants has no effect. */
export function refuseOutsideAll(site: DirectiveSite, what: string): void {
  if (site.section?.name === 'RequireAll') return;
  site.fail(`${what} can only refuse, so it has no effect here; put it into <RequireAll> together with what grants`);
}

/** The test of a provider for what follows its name, as words and before it was split. */
export function parseTest(
  name: string,
  words: readonly string[],
  text: string,
  site: DirectiveSite,
): { readonly needsUser: boolean; readonly test: AuthorizationTest } {
  const { authorization } = site.providers;
  const provider = authorization.get(name);
  if (provider === undefined) {
    const known = [...authorization.keys()].sort();
    return site.fail(`${site.name} takes ${known.join(', ')}, not "${name}"${didYouMean(name, known)}`);
  }
  const test = provider.parse(words, {
    text,
    resolve: (path) => site.resolve(path),
    parseCondition: (condition) => site.parseCondition(condition),
    parseText: (expression) => site.parseText(expression),
  });
  return { needsUser: provider.needsUser === true, test };
}

function makeRequirement(name: string, words: readonly string[], before: number, site: DirectiveSite): Requirement {
  const text = site.text === undefined ? words.join(' ') : restOf(site.text, before);
  const { needsUser, test } = parseTest(name, words, text, site);
  const checked = (answer: Authorization): Authorization => {
    if (answers.has(answer)) return answer;
    throw new TypeError(`the authorization provider ${name} said ${answer}; it must say ${[...answers].join(', ')}`);
  };
  return {
    text: [name, ...words].join(' '),
    mayNeedUser: needsUser,
    isNegative: false,
    test: (r) => whenReady(test(r, r.config), checked),
  };
}

const answers: ReadonlySet<unknown> = new Set(['granted', 'denied', 'neutral', 'noUser']);

/** A line's text behind its first words, which have no quotes. */
function restOf(text: string, words: number): string {
  return text.replace(new RegExp(`^(?:\\s*\\S+){${words}}\\s*`), '').trimEnd();
}
