import { randomBytes } from 'node:crypto';

/** A value that tells a visitor from all others. */
export function newVisitor(): string {
  return `${randomBytes(8).toString('hex')}.${(Date.now() * 1_000).toString(16)}`;
}

/** The value of a cookie in the request's header; undefined where it has none of that name, and where it is empty. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined || !header.includes(name)) return undefined;
  const pair = header.split(/[;,]\s*/).find((text) => text.startsWith(name) && text.charAt(name.length) === '=');
  return pair?.slice(name.length + 1) || undefined;
}
