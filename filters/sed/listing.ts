/** Characters in a line of a listing, before the backslash that says that it goes on. */
const WIDTH = 71;

/** How the command `l` shows text: what can't be printed in octal, long lines folded, as mod_sed does. */
export function listing(text: string): string {
  const shown = text.replace(/[^\n -~]/g, octal);
  const lines: string[] = [];
  let at = 0;
  // A line that is just full is folded, too.
  for (; shown.length - at >= WIDTH; at += WIDTH) lines.push(`${shown.slice(at, at + WIDTH)}\\\n`);
  return lines.join('') + shown.slice(at);
}

function octal(character: string): string {
  const code = character.charCodeAt(0);
  return `\\${code.toString(8).padStart(code < 0o40 ? 2 : 3, '0')}`;
}
