import type { ComparisonRequest } from './comparison-case.ts';

/** A password file: alice, bob and carol, each with the password `secret`. */
export const passwords = ['alice', 'bob', 'carol']
  .map((user) => `${user}:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n`)
  .join('');

/** The lines that ask for one of them. */
export const asksForUser = `
AuthType Basic
AuthName staff
AuthUserFile @ROOT@/users
`;

/** Sluice says besides that it wants UTF-8, as docs/differences.md has it; the other words of the challenge are compared. */
export const charsetOfChallenge = [/(?<=^Basic realm="[^"\\]*(?:\\"[^"\\]*)*")(?:$|, charset="UTF-8"$)/];

/** A request with credentials of the scheme Basic; the password is `secret` by default. */
export function as(user: string, request: string, password = 'secret'): ComparisonRequest {
  return { request, headers: { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` } };
}

/** A request with the headers given. */
export function sending(headers: Readonly<Record<string, string>>, request: string): ComparisonRequest {
  return { request, headers };
}
