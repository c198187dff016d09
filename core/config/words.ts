/**
 * Splits a line's rest into words: `"…"` and `'…'` group; `\\` is one backslash and, inside quotes, a backslash takes the
 * quote's meaning away. A quote that is never closed reaches to the end, as Apache has it (`ErrorDocument 404 "Gone`).
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const first = text[at];
    const quote = first === '"' || first === "'" ? first : undefined;
    if (quote !== undefined) at += 1;
    let word = '';
    while (at < text.length && (quote === undefined ? !isBlank(text, at) : text[at] !== quote)) {
      const next = text[at + 1];
      if (text[at] === '\\' && (next === '\\' || (quote !== undefined && next === quote))) at += 1;
      word += text[at];
      at += 1;
    }
    words.push(word);
    at = skipBlanks(text, quote === undefined ? at : at + 1);
  }
  return words;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text, at)) at += 1;
  return at;
}

/** The white space of C's isspace, nothing of Unicode's. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}
