/** Whether `text` fits a pattern of `*`, `?`, `[abc]`, `[^a-z]` and `\x`; each star is tried anew only from where it stands. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.match(/\*+|\[\^?(?:\\.|[^\]\\])+\]|\\.|[^]/gs) ?? [];
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (parts[part]?.startsWith('*') === true) {
      star = part++;
      starAt = at;
    } else if (part < parts.length && fitsOne(parts[part]!, text[at]!)) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest.startsWith('*'));
}

function fitsOne(part: string, character: string): boolean {
  if (part === '?') return true;
  if (part.length > 1 && part.startsWith('\\')) return part[1] === character;
  if (part.length > 1 && part.startsWith('[')) return fitsSet(part.slice(1, -1), character);
  return part === character;
}

function fitsSet(set: string, character: string): boolean {
  const isNegated = set.startsWith('^');
  const members = set.slice(isNegated ? 1 : 0).match(/\\.|[^]-[^]|[^]/gs) ?? [];
  const isIn = members.some((member) => {
    if (member.length === 3) return member[0]! <= character && character <= member[2]!;
    return member.at(-1) === character;
  });
  return isIn !== isNegated;
}
