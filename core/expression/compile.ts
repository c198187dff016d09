import { type Evaluated, isPending, whenReady } from './evaluated.ts';
import type { ExpressionSubject } from './subject.ts';

/** What `$0` to `$9` stand for: the groups of the last regular expression that had groups. Changed by evaluating. */
export interface LastMatch {
  groups: readonly (string | undefined)[] | undefined;
}

/** A compiled word: its text for a request. */
export interface Word {
  /** The text, where it is the same for all requests. */
  readonly constant: string | undefined;
  readonly read: ReadWord;
}

export type ReadWord = (subject: ExpressionSubject, match: LastMatch) => Evaluated<string>;

/** A compiled condition. */
export type Test = (subject: ExpressionSubject, match: LastMatch) => Evaluated<boolean>;

export function constantWord(text: string): Word {
  return { constant: text, read: () => text };
}

export function variableWord(read: (subject: ExpressionSubject) => Evaluated<string | undefined>): Word {
  return computed((subject) => orEmpty(read(subject)));
}

export function backReferenceWord(group: number): Word {
  return computed((_, match) => match.groups?.[group] ?? '');
}

export function functionWord(
  call: (subject: ExpressionSubject, argument: string, ...more: string[]) => Evaluated<string | undefined>,
  words: readonly Word[],
): Word {
  return computed((subject, match) =>
    whenReady(readAll(words, subject, match), ([argument = '', ...more]) => orEmpty(call(subject, argument, ...more))),
  );
}

export function concatenation(words: readonly Word[]): Word {
  const [first] = words;
  if (first !== undefined && words.length === 1) return first;
  if (words.every((word) => word.constant !== undefined)) {
    return constantWord(words.map((word) => word.constant).join(''));
  }
  return computed((subject, match) => whenReady(readAll(words, subject, match), (texts) => texts.join('')));
}

export function comparison(left: Word, right: Word, compare: (left: string, right: string) => boolean): Test {
  return (subject, match) => {
    const a = left.read(subject, match);
    if (isPending(a))
      return a.then((first) => whenReady(right.read(subject, match), (second) => compare(first, second)));
    const b = right.read(subject, match);
    return isPending(b) ? b.then((second) => compare(a, second)) : compare(a, b);
  };
}

/** A test of one word. */
export function wordTest(word: Word, test: (text: string, subject: ExpressionSubject) => Evaluated<boolean>): Test {
  return (subject, match) => whenReady(word.read(subject, match), (text) => test(text, subject));
}

/** A test of two words whose right side has to be prepared for each request. */
export function preparedTest(
  left: Word,
  right: Word,
  prepare: (right: string) => (left: string, subject: ExpressionSubject) => boolean,
): Test {
  return (subject, match) =>
    whenReady(left.read(subject, match), (leftText) =>
      whenReady(right.read(subject, match), (rightText) => prepare(rightText)(leftText, subject)),
    );
}

/** Only a pattern with groups changes the last match, and it does so even when it fails. */
export function regexTest(word: Word, pattern: RegExp, expected: boolean): Test {
  const hasGroups = new RegExp(`${pattern.source}|`).exec('')!.length > 1;
  return (subject, match) =>
    whenReady(word.read(subject, match), (text) => {
      if (!hasGroups) return pattern.test(text) === expected;
      match.groups = pattern.exec(text) ?? undefined;
      return (match.groups !== undefined) === expected;
    });
}

export function membership(needle: Word, words: readonly Word[]): Test {
  return (subject, match) =>
    whenReady(needle.read(subject, match), (wanted) =>
      whenReady(readAll(words, subject, match), (texts) => texts.includes(wanted)),
    );
}

/** `needle` is one of the texts that `list` makes of `argument`. */
export function membershipOf(
  needle: Word,
  argument: Word,
  list: (text: string, subject: ExpressionSubject) => Evaluated<readonly string[]>,
): Test {
  return (subject, match) =>
    whenReady(needle.read(subject, match), (wanted) =>
      whenReady(argument.read(subject, match), (text) =>
        whenReady(list(text, subject), (items) => items.includes(wanted)),
      ),
    );
}

export function negation(test: Test): Test {
  return (subject, match) => {
    const result = test(subject, match);
    return isPending(result) ? result.then((value) => !value) : !result;
  };
}

/** Asks `tests` in turn until one answers `decisive`, which is then the result. */
export function sequence(tests: readonly Test[], decisive: boolean): Test {
  return (subject, match) => {
    for (const [index, test] of tests.entries()) {
      const result = test(subject, match);
      if (isPending(result)) return finish(result, tests.slice(index + 1), decisive, subject, match);
      if (result === decisive) return decisive;
    }
    return !decisive;
  };
}

async function finish(
  pending: Promise<boolean>,
  rest: readonly Test[],
  decisive: boolean,
  subject: ExpressionSubject,
  match: LastMatch,
): Promise<boolean> {
  return (await pending) === decisive ? decisive : sequence(rest, decisive)(subject, match);
}

function computed(read: ReadWord): Word {
  return { constant: undefined, read };
}

/** One after the other: of two that fail at once, one would be a rejection that nobody handles. */
function readAll(words: readonly Word[], subject: ExpressionSubject, match: LastMatch): Evaluated<string[]> {
  const texts: string[] = [];
  for (const word of words) {
    const text = word.read(subject, match);
    if (isPending(text)) return readRest(texts, text, words.slice(texts.length + 1), subject, match);
    texts.push(text);
  }
  return texts;
}

async function readRest(
  texts: string[],
  pending: Promise<string>,
  rest: readonly Word[],
  subject: ExpressionSubject,
  match: LastMatch,
): Promise<string[]> {
  texts.push(await pending);
  for (const word of rest) texts.push(await word.read(subject, match));
  return texts;
}

function orEmpty(value: Evaluated<string | undefined>): Evaluated<string> {
  return isPending(value) ? value.then((text) => text ?? '') : (value ?? '');
}
