/** What a selector is asked about: an element whose start tag has come. */
export interface SelectorSubject {
  readonly tagName: string;
  getAttribute(name: string): string | undefined;
}

/** A list of CSS selectors, ready to be asked. */
export type Selector = (ancestors: readonly SelectorSubject[], element: SelectorSubject) => boolean;

type Test = (element: SelectorSubject) => boolean;

/** A compound such as `a.menu[href]`, and what stands between it and the one in front. */
interface Part {
  readonly tests: readonly Test[];
  readonly combinator: 'descendant' | 'child';
}

/**
 * Compiles a list of selectors: types, `*`, `#id`, `.class`, attributes with the operators of CSS, and both kinds of
 * descent. Throws an Error that says what isn't supported.
 *
 * @example
 * parseSelector('nav > a[href^="http:"], #top')([nav], link);
 */
export function parseSelector(text: string): Selector {
  const lists = splitList(text).map((selector) => parseParts(selector.trim(), text));
  return (ancestors, element) => lists.some((parts) => matches(parts, ancestors, element));
}

/** At the commas outside of quotes and brackets. */
function splitList(text: string): readonly string[] {
  const pieces = text.match(/(?:"[^"]*"|'[^']*'|\[(?:"[^"]*"|'[^']*'|[^\]"'])*\]|[^,"'[])+|[^]/g) ?? [];
  const list = [''];
  for (const piece of pieces) {
    if (piece === ',') list.push('');
    else list[list.length - 1] += piece;
  }
  return list;
}

function parseParts(selector: string, whole: string): readonly Part[] {
  if (selector === '') throw new Error(`a selector is missing in "${whole}"`);
  const parts: { tests: Test[]; combinator: Part['combinator'] }[] = [{ tests: [], combinator: 'descendant' }];
  let at = 0;
  while (at < selector.length) {
    token.lastIndex = at;
    const found = token.exec(selector)?.groups;
    if (found === undefined) throw unsupported(selector, at);
    at = token.lastIndex;
    if (found['between'] === undefined) parts.at(-1)!.tests.push(testOf(found, selector));
    else parts.push({ tests: [], combinator: found['between'].includes('>') ? 'child' : 'descendant' });
  }
  if (parts.some(({ tests }) => tests.length === 0))
    throw new Error(`">" needs an element on both sides in "${selector}"`);
  return parts;
}

const name = String.raw`[\w-]|[^\0-\x7f]`;
const token = new RegExp(
  String.raw`(?<between>\s*>\s*|\s+)|(?<any>\*)|#(?<id>(?:${name})+)|\.(?<class>(?:${name})+)` +
    String.raw`|\[\s*(?<attribute>(?:[\w:-]|[^\0-\x7f])+)\s*(?:(?<operator>[~|^$*]?=)\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<plain>(?:${name})+))\s*(?<flag>[is])?\s*)?\]` +
    String.raw`|(?<type>(?:${name})+)`,
  'iy',
);

function unsupported(selector: string, at: number): Error {
  const rest = selector.slice(at);
  const kind = rest.startsWith(':') ? 'pseudo-classes and pseudo-elements are' : 'this is';
  return new Error(`the selector "${selector}": at "${rest}", ${kind} not supported`);
}

function testOf(found: Readonly<Record<string, string | undefined>>, selector: string): Test {
  const { any, id, class: className, type, attribute, operator, flag } = found;
  if (any !== undefined) return () => true;
  if (type !== undefined) {
    const wanted = type.toLowerCase();
    return ({ tagName }) => tagName === wanted;
  }
  if (id !== undefined) return (element) => element.getAttribute('id') === id;
  if (className !== undefined) return (element) => words(element.getAttribute('class')).includes(className);
  const key = attribute!.toLowerCase();
  if (operator === undefined) return (element) => element.getAttribute(key) !== undefined;
  const compare = comparisons[operator];
  if (compare === undefined) throw new Error(`the selector "${selector}" has the unknown operator ${operator}`);
  const fold = flag?.toLowerCase() === 'i' ? (value: string) => value.toLowerCase() : (value: string) => value;
  const wanted = fold(found['double'] ?? found['single'] ?? found['plain']!);
  return (element) => {
    const value = element.getAttribute(key);
    return value !== undefined && compare(fold(value), wanted);
  };
}

/** Selectors Level 4, §6.1 and §6.2: nothing begins with, ends with or contains an empty text. */
const comparisons: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '~=': (value, wanted) => words(value).includes(wanted),
  '|=': (value, wanted) => value === wanted || value.startsWith(`${wanted}-`),
  '^=': (value, wanted) => wanted !== '' && value.startsWith(wanted),
  '$=': (value, wanted) => wanted !== '' && value.endsWith(wanted),
  '*=': (value, wanted) => wanted !== '' && value.includes(wanted),
};

function words(value: string | undefined): readonly string[] {
  return value?.match(/[^\t\n\f\r ]+/g) ?? [];
}

function matches(parts: readonly Part[], ancestors: readonly SelectorSubject[], element: SelectorSubject): boolean {
  const passes = ({ tests }: Part, subject: SelectorSubject): boolean => tests.every((test) => test(subject));
  if (!passes(parts.at(-1)!, element)) return false;
  /** Where the part on the right may stand, as indexes of ancestors in ascending order. */
  let places = [ancestors.length];
  for (let at = parts.length - 1; at > 0 && places.length > 0; at--) {
    const left = parts[at - 1]!;
    const candidates = parts[at]!.combinator === 'child' ? places.map((place) => place - 1) : upTo(places.at(-1)!);
    places = candidates.filter((place) => place >= 0 && passes(left, ancestors[place]!));
  }
  return places.length > 0;
}

function upTo(end: number): number[] {
  return Array.from({ length: end }, (_, index) => index);
}
