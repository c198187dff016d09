/** Text beyond ASCII as the octets of its UTF-8, one character each: what Node's headers take, and what Apache sends. */
export function headerOctets(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** What a header's value can't have (RFC 9110 §5.5). */
// oxlint-disable-next-line no-control-regex -- they are what must not be there
export const notInHeader = /[\0-\x08\n-\x1f\x7f]/;
