import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

/** The hash of `alice:staff:secret`. */
const users = 'alice:staff:b243e45d0b19752d3b4f217afa136a79\n';
const asks = 'AuthType Digest\nAuthName staff\nAuthUserFile @ROOT@/users\nRequire valid-user';

function digest(name: string, lines: string, requests: ComparisonCase['requests'] = ['GET /a.txt']): ComparisonCase {
  return {
    name,
    plugin: 'auth_digest',
    modules: ['auth_digest'],
    // The charset is an addition of Sluice that docs/differences.md has.
    random: [/nonce="[^"]*"/, /(?<=^Digest realm=.* qop="auth")(?:$|, charset=UTF-8$)/],
    files: { users, 'htdocs/a.txt': 'a', 'htdocs/b.txt': 'b' },
    config: `<Directory @ROOT@/htdocs>\n${lines}\n</Directory>`,
    requests,
  };
}

function refused(lines: string): ComparisonCase {
  return { ...digest(`Refused at start: ${lines}`, lines, []), refused: true };
}

const whole = {
  username: '"alice"',
  realm: '"staff"',
  nonce: '"bm9uY2U="',
  uri: '"/a.txt"',
  response: '"0123456789abcdef0123456789abcdef"',
  cnonce: '"c"',
  nc: '00000001',
  qop: 'auth',
};

/** A request with credentials that are wrong at least by their response. */
function saying(changes: Readonly<Record<string, string | undefined>>): ComparisonRequest {
  const said = Object.entries({ ...whole, ...changes }).filter(([, value]) => value !== undefined);
  const Authorization = `Digest ${said.map(([name, value]) => `${name}=${value}`).join(', ')}`;
  return { request: 'GET /a.txt', headers: { Authorization } };
}

export const cases: readonly ComparisonCase[] = [
  digest('The challenge', asks, ['GET /a.txt', 'HEAD /a.txt', 'GET /missing', 'POST /a.txt']),
  digest('The challenge with a domain', `${asks}\nAuthDigestDomain / /b http://localhost/c`),
  digest(
    'A realm with quotes',
    'AuthType Digest\nAuthName "the \\"staff\\""\nAuthUserFile @ROOT@/users\nRequire valid-user',
  ),
  digest('The scheme has no letter case', asks.replace('Digest', 'dIgEsT')),
  digest(
    'Other lifetimes of a nonce',
    `${asks}\nAuthDigestNonceLifetime 10\nAuthDigestProvider file\nAuthDigestAlgorithm MD5\nAuthDigestQop auth`,
  ),
  digest('Credentials that are wrong or incomplete', asks, [
    saying({}),
    saying({ username: '"nobody"' }),
    ...Object.keys(whole)
      .filter((name) => name !== 'qop')
      .map((name) => saying({ [name]: undefined })),
    saying({ realm: '"others"' }),
    saying({ uri: '"/b.txt"' }),
    saying({ uri: '"/a.txt?x"' }),
    saying({ uri: '"http://localhost/a.txt"' }),
    saying({ uri: '"nonsense"' }),
    saying({ algorithm: 'SHA-512' }),
    saying({ algorithm: 'MD5' }),
    saying({ qop: 'auth-int' }),
    saying({ nc: '1' }),
    saying({ nc: 'zzzzzzzz' }),
    saying({ response: '"short"' }),
    { request: 'GET /a.txt', headers: { Authorization: 'Digest' } },
    { request: 'GET /a.txt', headers: { Authorization: 'Digest nonsense' } },
    { request: 'GET /a.txt', headers: { Authorization: 'Basic YWxpY2U6c2VjcmV0' } },
  ]),
  digest('No realm', 'AuthType Digest\nAuthUserFile @ROOT@/users\nRequire valid-user'),
  digest('Nobody need be known', 'AuthType Digest\nAuthName staff\nRequire all granted'),
  refused('AuthDigestAlgorithm MD5-sess'),
  refused('AuthDigestAlgorithm'),
  refused('AuthDigestQop auth-int'),
  refused('AuthDigestQop nonsense'),
  refused('AuthDigestNonceLifetime long'),
  refused('AuthDigestNonceLifetime'),
  refused('AuthDigestProvider nobody'),
  refused('AuthDigestProvider'),
  refused('AuthDigestDomain'),
];
