import { compileWildcard } from '../../core/wildcard.ts';

/** What an entry of a listing is judged by. */
export interface Subject {
  /** The path of the file; that of a folder ends with a slash. */
  readonly path: string;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/** What a line says of the entries that match it: a picture, the text in its place, or a description. */
export interface Remark {
  readonly url?: string;
  readonly alt?: string;
  /** HTML. */
  readonly description?: string;
}

/** A line that says something about the entries which match it. */
export interface NameRule extends Remark {
  readonly matches: (subject: Subject) => boolean;
  /** The name in two circumflexes that the line is for, e.g. `^^DIRECTORY^^`. */
  readonly special: string | undefined;
}

/** By the end of the path, or by the whole of it where the pattern has wildcards. */
export function pathRule(pattern: string, remark: Remark): NameRule {
  const test = compilePattern(hasStar(pattern) ? pattern : `*${pattern}`);
  return { ...remark, special: /^\^\^.*\^\^$/.exec(pattern)?.[0], matches: ({ path }) => test(path) };
}

/** By the content type of what isn't encoded. */
export function typeRule(pattern: string, remark: Remark): NameRule {
  const test = compilePattern(pattern, true);
  return {
    ...remark,
    special: undefined,
    matches: ({ contentType, contentEncoding }) =>
      contentEncoding === undefined && contentType !== undefined && test(contentType),
  };
}

export function encodingRule(pattern: string, remark: Remark): NameRule {
  const test = compilePattern(pattern, true);
  return {
    ...remark,
    special: undefined,
    matches: ({ contentEncoding }) => contentEncoding !== undefined && test(contentEncoding),
  };
}

/** IndexIgnore looks at the last name of the path only. */
export function ignoreRule(pattern: string): (name: string) => boolean {
  return compilePattern(pattern.slice(pattern.lastIndexOf('/') + 1));
}

/** AddDescription: a part of the name, or of the path where the pattern has a slash. */
export function descriptionRule(pattern: string, remark: Remark): NameRule {
  const isPath = pattern.includes('/');
  const test = compilePattern(`*${isPath ? '/' : ''}${pattern.replace(/^\//, '')}*`);
  return {
    ...remark,
    special: undefined,
    matches: ({ path }) => test(isPath ? path : path.replace(/\/$/, '').replace(/^.*\//s, '')),
  };
}

/** What the first line that matches, and says anything of the kind, says. */
export function ruleFor(rules: readonly NameRule[], subject: Subject, kind: keyof Remark): string | undefined {
  return rules.find((rule) => rule[kind] !== undefined && rule.matches(subject))?.[kind];
}

/** What is said of a name such as `^^DIRECTORY^^` or `..`. */
export function specialRule(rules: readonly NameRule[], name: string, kind: keyof Remark): string | undefined {
  const fits = ({ special, matches }: NameRule): boolean =>
    special === name || (special === undefined && matches(namely(name)));
  return rules.find((rule) => rule[kind] !== undefined && fits(rule))?.[kind];
}

function namely(path: string): Subject {
  return { path, contentType: undefined, contentEncoding: undefined };
}

function hasStar(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Only `*` and `?` are wildcards here. */
function compilePattern(pattern: string, ignoreCase = false): (text: string) => boolean {
  return compileWildcard(pattern.replace(/[[\\]/g, String.raw`\$&`), { ignoreCase });
}
