import type { DirectiveSite } from '../../core/config/directive.ts';

/** The two or three words of a RewriteRule or RewriteCond. */
export interface RuleLine {
  readonly first: string;
  readonly second: string;
  /** Name and value of each flag; the value is empty where there is none. */
  readonly flags: readonly (readonly [name: string, value: string])[];
}

/**
 * Takes a line apart. Its rule for words is its own: a backslash stays as it is and only keeps a space from ending the word,
 * so that regular expressions need no second escaping.
 */
export function readRuleLine(words: readonly string[], usage: string, site: DirectiveSite): RuleLine {
  const [first, second, third, ...surplus] = site.text === undefined ? words : splitRuleLine(site.text);
  if (first === undefined || second === undefined || surplus.length > 0) {
    return site.fail(`${site.name} takes ${usage}, but was given "${site.text ?? words.join(' ')}"`);
  }
  return { first, second, flags: third === undefined ? [] : readFlags(third, usage, site) };
}

/** Apache takes no notice of what stands behind the flags; a remark is all that it can mean. */
function splitRuleLine(text: string): string[] {
  const words = [...text.matchAll(ruleWord)].map(
    ({ groups }) => groups!['double'] ?? groups!['single'] ?? groups!['bare']!,
  );
  return words[3]?.startsWith('#') === true ? words.slice(0, 3) : words;
}

const ruleWord = /"(?<double>[^"]*)(?:"|$)|'(?<single>[^']*)(?:'|$)|(?<bare>(?:\\\s|\S)+)/g;

function readFlags(text: string, usage: string, site: DirectiveSite): RuleLine['flags'] {
  const inside = /^\[(?<inside>.*)\]$/s.exec(text)?.groups?.['inside'];
  if (inside === undefined || inside.trim() === '') {
    return site.fail(`${site.name} takes ${usage}; its flags stand in one pair of brackets, but here is "${text}"`);
  }
  return inside.split(',').map((flag) => {
    const [, name, value] = /^\s*([^=]*?)\s*(?:=(.*?))?\s*$/s.exec(flag)!;
    return [name!, value ?? ''];
  });
}
