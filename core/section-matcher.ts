import { dirname, resolve } from 'node:path';
import { PathError, match } from 'path-to-regexp';
import { ConfigError } from './config/config-error.ts';
import type { Scope } from './config/scope.ts';
import { compileRegularExpression } from './regular-expression.ts';
import { compileWildcard, hasWildcard } from './wildcard.ts';

/** What a pattern took from the text it matched. */
export interface Captures {
  /** The values of a Route's parameters. */
  readonly params?: Readonly<Record<string, string | string[]>>;
  /** The named groups of a regular expression; they become `MATCH_NAME` in the environment. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** Tests a URI path, a file name or a folder against one section. */
export interface SectionMatcher {
  /** Where the section is a plain path, the path without its last slash. */
  readonly literal?: string;
  /** True where the plain path was written with a slash at the end. */
  readonly endsWithSlash?: boolean;
  matches(text: string): Captures | undefined;
}

const matched: Captures = Object.freeze({});
const matchers = new WeakMap<Scope, SectionMatcher>();

/** The matcher of a section, compiled once. Throws a ConfigError for a pattern that can't be compiled. */
export function matcherOf(scope: Scope): SectionMatcher {
  let matcher = matchers.get(scope);
  if (matcher === undefined) {
    try {
      matcher = compileMatcher(scope);
    } catch (error) {
      throw new ConfigError(scope, `<${scope.kind} ${scope.args.join(' ')}>: ${patternFault(scope, error)}`, {
        cause: error,
      });
    }
    matchers.set(scope, matcher);
  }
  return matcher;
}

function compileMatcher(scope: Scope): SectionMatcher {
  const isExpression = scope.kind.endsWith('Match') || scope.args[0] === '~';
  const pattern = scope.args.at(-1) ?? '';
  if (isExpression) return expressionMatcher(pattern);
  if (scope.kind === 'Route') return routeMatcher(pattern);
  if (scope.kind === 'Files') return wholeMatcher(pattern);
  // Of the sections with wildcards only those for folders hold for what is below as well.
  if (scope.kind === 'Location' && hasWildcard(pattern)) return wholeMatcher(pattern);
  const path = scope.kind === 'Directory' ? resolve(dirname(scope.file), pattern) : pattern;
  return hasWildcard(path) ? wildcardMatcher(path) : pathMatcher(path);
}

function expressionMatcher(pattern: string): SectionMatcher {
  const expression = compileRegularExpression(pattern);
  return {
    matches(text) {
      const found = expression.exec(text);
      if (found === null) return undefined;
      return found.groups === undefined ? matched : { groups: { ...found.groups } };
    },
  };
}

/** The whole path, as path-to-regexp reads patterns; the path has been decoded already. */
function routeMatcher(pattern: string): SectionMatcher {
  const matches = match<Record<string, string | string[]>>(pattern, { decode: false, sensitive: true });
  return {
    matches(text) {
      const found = matches(text);
      return found === false ? undefined : { params: found.params };
    },
  };
}

function wholeMatcher(pattern: string): SectionMatcher {
  if (!hasWildcard(pattern)) return { matches: (text) => (text === pattern ? matched : undefined) };
  const matches = compileWildcard(pattern, { pathname: true });
  return { matches: (text) => (matches(text) ? matched : undefined) };
}

/** Level by level: a star doesn't cross a slash, and what lies below a match belongs to it. */
function wildcardMatcher(pattern: string): SectionMatcher {
  const levels = pattern.replace(/\/$/, '').split('/');
  const tests = levels.map((level) => compileWildcard(level, { pathname: true }));
  return {
    matches(text) {
      const parts = text.split('/');
      return parts.length >= tests.length && tests.every((test, at) => test(parts[at]!)) ? matched : undefined;
    },
  };
}

/** A prefix that ends at a slash. */
function pathMatcher(path: string): SectionMatcher {
  const endsWithSlash = path.endsWith('/');
  const literal = endsWithSlash ? path.slice(0, -1) : path;
  return {
    literal,
    endsWithSlash,
    matches(text) {
      if (!text.startsWith(literal)) return undefined;
      const next = text.charAt(literal.length);
      return next === '/' || (next === '' && !endsWithSlash) ? matched : undefined;
    },
  };
}

function patternFault(scope: Scope, error: unknown): string {
  const { message } = error as Error;
  if (scope.kind !== 'Route' || !(error instanceof PathError)) return message;
  return `${message.replace(/; visit .*$/, '')}; in a Route, write :name for one segment, *name for the rest and {…} around what may be missing`;
}
