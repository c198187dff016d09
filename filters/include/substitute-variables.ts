/**
 * Puts the values of variables in place of `$name` and `${name}`; those without a value leave nothing behind, and `\$`
 * stands for a dollar sign. `complain` is told of a brace that isn't closed: the rest is left out, as in Apache.
 */
export function substituteVariables(
  text: string,
  read: (name: string) => string | undefined,
  complain: (fault: string) => void,
): string {
  if (!/[\\$]/.test(text)) return text;
  let result = '';
  for (const { 0: whole, groups } of text.matchAll(parts)) {
    const { plain, braced, bare, unclosed } = groups as Partial<Record<string, string>>;
    const name = braced ?? bare;
    if (unclosed !== undefined) {
      complain(`the brace of \${${unclosed} is not closed`);
      return result;
    }
    if (name !== undefined) result += read(name) ?? '';
    else result += plain === undefined ? whole : '$';
  }
  return result;
}

const parts = /(?<plain>\\\$)|\$\{(?<braced>[^}]+)\}|\$(?<bare>\w+)|\$\{(?!\})(?<unclosed>[^}]*)$|[^\\$]+|[\\$]/gs;
