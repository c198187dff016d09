import type { DigestAlgorithm } from '../../core/access-provider.ts';

/** What a client says under the scheme Digest; nobody has checked it yet. */
export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly cnonce: string;
  /** The count as it was sent: eight hexadecimal digits. */
  readonly nc: string;
}

const algorithms: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['md5', 'MD5'],
  ['sha-256', 'SHA-256'],
]);

/** `name=token` or `name="quoted"`, and the comma behind it. */
const parameter = /\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*(?:,|$)/y;

/**
 * Reads an Authorization header (RFC 7616 §3.4); undefined where it is of another scheme, lacks something, says something
 * twice, or asks for another quality of protection than `auth`.
 */
export function parseDigestCredentials(header: string | undefined): DigestCredentials | undefined {
  const said = header === undefined ? undefined : parameters(header);
  if (said === undefined) return undefined;
  const username = said.get('username') ?? extended(said.get('username*'));
  const [realm, nonce, uri, response] = ['realm', 'nonce', 'uri', 'response'].map((name) => said.get(name));
  const [cnonce, nc, qop, algorithm] = ['cnonce', 'nc', 'qop', 'algorithm'].map((name) => said.get(name));
  if (username === undefined || realm === undefined || nonce === undefined || uri === undefined) return undefined;
  if (response === undefined || !/^[0-9a-f]+$/i.test(response)) return undefined;
  if (cnonce === undefined || nc === undefined || !/^[0-9a-f]{8}$/i.test(nc) || qop !== 'auth') return undefined;
  const known = algorithms.get((algorithm ?? 'MD5').toLowerCase());
  if (known === undefined) return undefined;
  return { username, realm, nonce, uri, response: response.toLowerCase(), algorithm: known, cnonce, nc };
}

function parameters(header: string): Map<string, string> | undefined {
  const [scheme] = /^Digest\s+/i.exec(header) ?? [];
  if (scheme === undefined) return undefined;
  const said = new Map<string, string>();
  parameter.lastIndex = scheme.length;
  while (parameter.lastIndex < header.length) {
    const found = parameter.exec(header);
    if (found === null) return undefined;
    const name = found[1]!.toLowerCase();
    if (said.has(name)) return undefined;
    said.set(name, found[2]?.replace(/\\(.)/g, '$1') ?? found[3]!);
  }
  // Node gives the octets of a header one character each; names are UTF-8.
  for (const name of ['username', 'realm']) {
    const value = said.get(name);
    if (value !== undefined) said.set(name, Buffer.from(value, 'latin1').toString());
  }
  return said;
}

/** `UTF-8''J%C3%A4s%C3%B8n` (RFC 8187). */
function extended(value: string | undefined): string | undefined {
  const [, encoded] = /^UTF-8'[^']*'(.*)$/i.exec(value ?? '') ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
