import type { ComparisonCase } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords, sending } from '../credentials.ts';

function basic(name: string, lines: string, requests: ComparisonCase['requests'], top = ''): ComparisonCase {
  return {
    name,
    plugin: 'auth_basic',
    random: charsetOfChallenge,
    files: {
      users: passwords,
      guests: 'gast:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\nalice:{SHA}C+7Hteo/D9vJXQ3UfzxbwnXaijM=\n',
      digest: 'alice:staff:b243e45d0b19752d3b4f217afa136a79\n',
      'htdocs/a.txt': 'a',
      'htdocs/in/b.txt': 'b',
      'htdocs/sorry.txt': 'sorry',
    },
    config: `${top}\n<Directory @ROOT@/htdocs>\n${lines}\n</Directory>`,
    requests,
  };
}

function refused(lines: string, top = ''): ComparisonCase {
  return { ...basic(`Refused at start: ${lines}${top}`.replaceAll('\n', '; '), lines, [], top), refused: true };
}

const people = ['GET /a.txt', as('alice', 'GET /a.txt'), as('alice', 'GET /a.txt', 'wrong'), as('gast', 'GET /a.txt')];
const staff = `${asksForUser}Require valid-user`;
const aliases = `
<AuthnProviderAlias file staff>
AuthUserFile @ROOT@/users
</AuthnProviderAlias>
<AuthnProviderAlias file guests>
AuthUserFile @ROOT@/guests
</AuthnProviderAlias>`;
const named = 'AuthType Basic\nAuthName staff\nRequire valid-user';

function authorization(value: string): ReturnType<typeof sending> {
  return sending({ Authorization: value }, 'GET /a.txt');
}

export const cases: readonly ComparisonCase[] = [
  {
    ...basic('The challenge names the charset', staff, []),
    random: [],
    requests: [{ request: 'GET /a.txt', differs: 'the Basic challenge' }],
  },
  basic('Credentials that make no sense are challenged', staff, [
    authorization('Basic'),
    authorization('Basic '),
    authorization('Basic ???'),
    authorization('Basic YWxpY2U='),
    authorization('basic YWxpY2U6c2VjcmV0'),
    authorization('BASIC YWxpY2U6c2VjcmV0'),
    authorization('Basic  YWxpY2U6c2VjcmV0'),
    authorization('Basic YWxpY2U6c2VjcmV0Og=='),
    authorization('Bearer YWxpY2U6c2VjcmV0'),
    authorization('Digest username="alice"'),
    authorization('Basic OnNlY3JldA=='),
    authorization('Basic YWxpY2U6'),
    authorization('YWxpY2U6c2VjcmV0'),
  ]),
  basic(
    'A realm with quotes',
    'AuthType Basic\nAuthName "the \\"inner\\" circle"\nAuthUserFile @ROOT@/users\nRequire valid-user',
    ['GET /a.txt'],
  ),
  basic('An error page for those who give up', `${staff}\nErrorDocument 401 /sorry.txt`, ['GET /a.txt'], ''),
  basic(
    'The scheme has no letter case',
    'AuthType bAsIc\nAuthName staff\nAuthUserFile @ROOT@/users\nRequire valid-user',
    people,
  ),
  basic('No file of users', 'AuthType Basic\nAuthName staff\nRequire valid-user', people),
  basic('A file of users that is not there', `${staff}\nAuthUserFile @ROOT@/absent`, people),
  basic('No realm', 'AuthType Basic\nAuthUserFile @ROOT@/users\nRequire valid-user', people),
  basic('Providers are asked in order', `${named}\nAuthBasicProvider staff guests`, people, aliases),
  basic('The first that knows the user decides', `${named}\nAuthBasicProvider guests staff`, people, aliases),
  basic(
    'Two lines of providers are one list',
    `${named}\nAuthBasicProvider guests\nAuthBasicProvider staff`,
    people,
    aliases,
  ),
  basic('A user whom nobody knows is left to others', `${staff}\nAuthBasicAuthoritative Off`, people),
  basic(
    'AuthType None takes the outer scheme back',
    `${staff}\n</Directory>\n<Directory @ROOT@/htdocs/in>\nAuthType None\nRequire all granted`,
    ['GET /a.txt', 'GET /in/b.txt'],
  ),
  basic(
    'Credentials that are made up for what comes later',
    `Require all granted
AuthBasicFake demo "%{REQUEST_URI}"
RequestHeader set X-Early 1
Header set X-Seen "expr=%{HTTP:Authorization}"`,
    ['GET /a.txt', as('alice', 'GET /a.txt')],
  ),
  basic(
    'The password that is made up by default',
    `Require all granted
AuthBasicFake demo
Header set X-Seen "expr=%{HTTP:Authorization}"`,
    ['GET /a.txt'],
  ),
  basic(
    'AuthBasicFake off takes it back',
    `Require all granted
AuthBasicFake demo\n</Directory>\n<Directory @ROOT@/htdocs/in>\nAuthBasicFake off
Header set X-Seen "expr=%{HTTP:Authorization}"`,
    ['GET /in/b.txt'],
  ),
  {
    ...basic(
      'Passwords against the hashes of Digest',
      `AuthType Basic\nAuthName staff\nAuthUserFile @ROOT@/digest
AuthBasicUseDigestAlgorithm MD5\nRequire valid-user`,
      people,
    ),
    modules: ['auth_digest'],
  },
  basic(
    'An alias for a line of Require',
    'Require home',
    ['GET /a.txt'],
    '<AuthzProviderAlias ip home "10.1 127.0.0.0/8">\n</AuthzProviderAlias>',
  ),
  basic(
    'An alias that refuses',
    'Require elsewhere',
    ['GET /a.txt'],
    '<AuthzProviderAlias ip elsewhere 10.1>\n</AuthzProviderAlias>',
  ),
  basic(
    'An alias is negated',
    '<RequireAll>\nRequire all granted\nRequire not home\n</RequireAll>',
    ['GET /a.txt'],
    '<AuthzProviderAlias ip home 127.0.0.1>\n</AuthzProviderAlias>',
  ),
  {
    ...basic(
      'An alias with a file of groups of its own',
      `${staff.replace('Require valid-user', '')}Require insiders`,
      people,
      '<AuthzProviderAlias group insiders staff>\nAuthGroupFile @ROOT@/groups\n</AuthzProviderAlias>',
    ),
    modules: ['authz_groupfile'],
    files: { users: passwords, groups: 'staff: alice\n', 'htdocs/a.txt': 'a' },
  },
  refused('AuthBasicProvider nobody'),
  refused('AuthBasicProvider'),
  refused('AuthBasicAuthoritative Maybe'),
  refused('AuthBasicFake'),
  refused('AuthBasicFake a b c'),
  refused('AuthBasicUseDigestAlgorithm SHA'),
  refused('AuthName'),
  refused('AuthName a b'),
  refused('AuthType'),
  refused('AuthUserFile'),
  refused('AuthUserFile a b'),
  refused('', '<AuthnProviderAlias nobody x>\n</AuthnProviderAlias>'),
  refused('', '<AuthnProviderAlias file>\n</AuthnProviderAlias>'),
  refused('', '<AuthnProviderAlias file file>\n</AuthnProviderAlias>'),
  refused('', '<AuthzProviderAlias nobody x y>\n</AuthzProviderAlias>'),
  refused('', '<AuthzProviderAlias ip>\n</AuthzProviderAlias>'),
  refused('<AuthnProviderAlias file x>\n</AuthnProviderAlias>'),
];
