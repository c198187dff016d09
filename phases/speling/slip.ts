/** What is wrong with a name, the least first; as in Apache, only one slip is forgiven. */
export type Slip = 'miscapitalized' | 'transposed' | 'missing' | 'extra' | 'mistyped' | 'basename';

/** In the order of how likely a slip is the explanation. */
export const slips: readonly Slip[] = ['miscapitalized', 'transposed', 'missing', 'extra', 'mistyped', 'basename'];

/** The slip by which `asked` became of `name`, either in any letter case; undefined where there is more than one. */
export function slipBetween(asked: string, name: string): Exclude<Slip, 'basename'> | undefined {
  const a = asked.toLowerCase();
  const b = name.toLowerCase();
  if (a === b) return 'miscapitalized';
  let at = 0;
  while (at < a.length && a.charAt(at) === b.charAt(at)) at++;
  const rest = a.slice(at + 1);
  if (isSwapped(a, b, at)) return 'transposed';
  if (a.length === b.length) return rest === b.slice(at + 1) ? 'mistyped' : undefined;
  if (a.length === b.length + 1) return rest === b.slice(at) ? 'extra' : undefined;
  return a.slice(at) === b.slice(at + 1) ? 'missing' : undefined;
}

/** True where the names are the same up to their first dot, in any letter case. */
export function hasSameBase(asked: string, name: string): boolean {
  return baseOf(asked) === baseOf(name);
}

function isSwapped(a: string, b: string, at: number): boolean {
  return (
    at + 1 < a.length &&
    a.charAt(at) === b.charAt(at + 1) &&
    a.charAt(at + 1) === b.charAt(at) &&
    a.slice(at + 2) === b.slice(at + 2)
  );
}

function baseOf(name: string): string {
  const dot = name.indexOf('.');
  return (dot < 0 ? name : name.slice(0, dot)).toLowerCase();
}
