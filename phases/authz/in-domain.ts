/** `a.example.org` is in `example.org` and in `.example.org`, `badexample.org` is in neither. */
export function isInDomain(name: string, domain: string): boolean {
  const host = name.toLowerCase();
  const end = domain.toLowerCase();
  if (!host.endsWith(end) || end === '') return false;
  return end.startsWith('.') || host.length === end.length || host.charAt(host.length - end.length - 1) === '.';
}
