import { lstatSync, type Stats, statSync } from 'node:fs';
import { parseIpRange } from '../ip-range.ts';
import { compileWildcard, type WildcardOptions } from '../wildcard.ts';
import { type Evaluated, whenReady } from './evaluated.ts';
import { type StatFile, statOrNothing } from './stat-or-nothing.ts';
import type { ExpressionSubject } from './subject.ts';
import type { BinaryOperator, UnaryOperator } from './extensions.ts';

/** The unary operators of Apache's core. */
export const unaryOperators: Readonly<Record<string, UnaryOperator>> = {
  n: { test: (text) => text !== '' },
  z: { test: (text) => text === '' },
  T: { test: (text) => !/^(?:0|off|false|no)?$/i.test(text) },
  R: { prepare: remoteAddressIn },
  d: fileTest(statSync, (found) => found.isDirectory()),
  e: fileTest(statSync, () => true),
  f: fileTest(statSync, (found) => found.isFile()),
  s: fileTest(statSync, (found) => found.isFile() && found.size > 0),
  x: fileTest(statSync, (found) => (found.mode & 0o111) !== 0),
  L: fileTest(lstatSync, (found) => found.isSymbolicLink()),
  h: fileTest(lstatSync, (found) => found.isSymbolicLink()),
  F: { test: isAccessibleFile },
  U: { test: isAccessibleUri },
  A: { test: isAccessibleUri },
};

/** The binary operators of Apache's core that have a name. */
export const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  ipmatch: {
    prepare(text) {
      const range = parseIpRange(text);
      return (address) => range.contains(address);
    },
    needsConstant: true,
  },
  strmatch: wildcardMatch({}),
  strcmatch: wildcardMatch({ ignoreCase: true }),
  fnmatch: wildcardMatch({ pathname: true }),
};

function remoteAddressIn(text: string): (r: ExpressionSubject) => boolean {
  const range = parseIpRange(text);
  return (r) => range.contains(r.clientIp);
}

function wildcardMatch(options: WildcardOptions): BinaryOperator {
  return { prepare: (pattern) => compileWildcard(pattern, options) };
}

function fileTest(statFile: StatFile, test: (found: Stats) => boolean): UnaryOperator {
  return {
    test(path) {
      const found = statOrNothing(statFile, path);
      return found !== undefined && test(found);
    },
    readsFiles: true,
  };
}

function isAccessibleFile(path: string, r: ExpressionSubject): Evaluated<boolean> {
  return whenReady(r.lookupFile(path), (found) => {
    return found.status < 300 && statOrNothing(statSync, found.r.filename ?? path) !== undefined;
  });
}

function isAccessibleUri(uri: string, r: ExpressionSubject): Evaluated<boolean> {
  // A condition that holds for its own subrequest would ask for ever.
  if (r.main?.uri === r.uri) return false;
  return whenReady(r.lookupUri(uri), (found) => found.status < 400);
}
