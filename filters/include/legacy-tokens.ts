/** A word or sign of a legacy expression; signs are their own kind. */
export interface LegacyToken {
  readonly kind: 'text' | 'pattern' | '(' | ')' | '!' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '-A';
  readonly text: string;
}

/** The tokens of an expression as pages had them before Apache 2.4. Throws for a quote that isn't closed. */
export function legacyTokens(expression: string): LegacyToken[] {
  const tokens: LegacyToken[] = [];
  for (const { 0: found, groups } of expression.matchAll(tokenForms)) {
    const { quoted, pattern, word, sign, open } = groups as Partial<Record<string, string>>;
    if (open !== undefined) throw new Error(`a ${open} of the expression "${expression}" is not closed`);
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("\\'", "'") });
    else if (pattern !== undefined) tokens.push({ kind: 'pattern', text: pattern.replaceAll('\\/', '/') });
    else if (word !== undefined) tokens.push({ kind: 'text', text: word });
    else if (sign !== undefined)
      tokens.push({ kind: (sign === '==' ? '=' : sign) as LegacyToken['kind'], text: found });
  }
  return tokens;
}

/** A pattern stands behind an equals sign; elsewhere a slash is part of a word. */
const tokenForms =
  /\s+|'(?<quoted>(?:\\.|[^'\\])*)'|(?<==\s*)\/(?<pattern>(?:\\.|[^/\\])*)\/|(?<open>'|(?<==\s*)\/)|(?<sign>==|!=|<=|>=|&&|\|\||-A(?=\s)|[()!=<>])|(?<word>(?:\\.|&(?!&)|\|(?!\|)|[^\s()!=<>&|\\]|\\$)+)/gs;
