/** Gives the folder for a host: parts of its name or address stand in the text around them. */
export type HostPattern = (name: string, port: number) => string;

/** Which of several things, counted from 1 and maybe from the end, and whether those behind (or before) it as well. */
interface Choice {
  readonly index: number;
  readonly fromEnd: boolean;
  readonly open: boolean;
}

const specifier = /%(?:(?<sign>[%p])|(?<labels>-?\d\+?)(?:\.(?<letters>-?\d\+?)|(?!\.)))/y;

/**
 * Compiles a path with `%p` for the port, `%0` for the whole name, `%1` for its first label, `%-1` for the last, `%2+` for
 * the second and all that follow, `%-2+` for all up to the last but one, `%1.2` for a letter of a label, and `%%`. Gives
 * the column of the fault where the path is wrong.
 */
export function compileHostPattern(path: string): HostPattern | number {
  const parts: HostPattern[] = [];
  for (let at = 0; at < path.length;) {
    const next = path.indexOf('%', at);
    const literal = path.slice(at, next < 0 ? undefined : next);
    if (literal !== '') parts.push(() => literal);
    if (next < 0) break;
    specifier.lastIndex = next;
    const groups = specifier.exec(path)?.groups;
    if (groups === undefined) return next + 1;
    parts.push(toPart(groups));
    at = specifier.lastIndex;
  }
  return (name, port) => parts.map((part) => part(name, port)).join('');
}

function toPart({ sign, labels, letters }: Readonly<Record<string, string | undefined>>): HostPattern {
  if (sign === '%') return () => '%';
  if (sign === 'p') return (_name, port) => String(port);
  const label = readChoice(labels!);
  const letter = readChoice(letters ?? '0');
  return (name) =>
    choose(choose(name.split('.'), label).join('.').split(''), letter)
      .join('')
      .toLowerCase();
}

function readChoice(text: string): Choice {
  return { index: Number(/\d/.exec(text)![0]), fromEnd: text.startsWith('-'), open: text.endsWith('+') };
}

/** What there isn't is an underscore, as in Apache. */
function choose(from: readonly string[], { index, fromEnd, open }: Choice): readonly string[] {
  if (index === 0) return from;
  if (index > from.length) return ['_'];
  const at = fromEnd ? from.length - index : index - 1;
  if (!open) return [from[at]!];
  return fromEnd ? from.slice(0, at + 1) : from.slice(at);
}
