import { setFlagsFromString } from 'node:v8';
import { type Context, Script, createContext } from 'node:vm';

// Makes the flag `l` known, by which V8 says whether its linear-time engine can take an expression.
setFlagsFromString('--enable-experimental-regexp-engine');

/** How long all samples together may take; what explodes would take years. */
const limit = 250;
/** Long enough for 2⁶⁴ ways to fail. */
const repetitions = 64;
const mostAtoms = 64;

const script = new Script('while (at < samples.length) { expression.test(samples[at]); at++; }');
let context: Context | undefined;

/** Whether V8's linear-time engine can take over from backtracking: not with lookarounds, back references or long counts. */
export function isLinear({ source, flags }: RegExp): boolean {
  try {
    return new RegExp(source, `${flags}l`).source === source;
  } catch {
    return false;
  }
}

/**
 * A text on which an expression backtracks without end, if one of a few samples made of its own characters is such a text:
 * what leads to a part of it, that part over and over, and something that doesn't fit.
 */
export function explodingText(expression: RegExp): string | undefined {
  const sandbox = {
    expression: new RegExp(expression.source, expression.flags.replace('g', '')),
    samples: samplesOf(expression.source),
    at: 0,
  };
  context ??= createContext();
  Object.assign(context, sandbox);
  try {
    script.runInContext(context, { timeout: limit });
    return undefined;
  } catch {
    return sandbox.samples[Number(context['at'])];
  }
}

/** What a lookaround asks for may be part of the text, and may be what must not be. */
function samplesOf(source: string): readonly string[] {
  return [...new Set([source.replace(/\(\?<?[=!][^()]*\)/g, ''), source].flatMap(repeatedParts))];
}

function repeatedParts(source: string): readonly string[] {
  const atoms = [...source.matchAll(atom)].slice(0, mostAtoms).map(([token]) => characterFor(token));
  return atoms.flatMap((character, at) => {
    const lead = atoms.slice(0, at).join('');
    return [character, character + (atoms[at + 1] ?? '')].map((part) => `${lead}${part.repeat(repetitions)}\0`);
  });
}

/** A class, an escape or a plain character; groups, quantifiers and anchors are passed over. */
const atom = /\[(?:\\.|[^\]\\])*\]|\\[^bBkAzZ]|\(\?(?:<?[=!:]|<\w+>)|\{\d+(?:,\d*)?\}|[^()|*+?^$]/gu;

const classes: Readonly<Record<string, string>> = {
  '\\w': 'a',
  '\\d': '0',
  '\\s': ' ',
  '\\W': '/',
  '\\D': 'a',
  '\\S': 'a',
};

/** A character that a part of the pattern matches; none for what stands for no character. */
function characterFor(token: string): string {
  if (token.startsWith('(') || /^\{\d/.test(token)) return '';
  if (token.startsWith('[^')) return 'x';
  const inside = token.startsWith('[') ? (/^\[(\\?.)/u.exec(token)?.[1] ?? '') : token;
  return classes[inside] ?? inside.replace(/^\\/, '');
}
