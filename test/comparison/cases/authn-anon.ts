import type { ComparisonCase } from '../comparison-case.ts';
import { as, charsetOfChallenge, passwords } from '../credentials.ts';

const guests: ComparisonCase['requests'] = [
  'GET /a.txt',
  as('guest', 'GET /a.txt', 'ann@example.org'),
  as('GUEST', 'GET /a.txt', 'x'),
  as('guest', 'GET /a.txt', ''),
  as('', 'GET /a.txt', 'ann@example.org'),
  as('alice', 'GET /a.txt'),
  as('alice', 'GET /a.txt', 'wrong'),
  as('zoe', 'GET /a.txt', 'z@z.z'),
];

function guest(name: string, lines: string): ComparisonCase {
  return {
    name,
    plugin: 'authn_anon',
    modules: ['authn_anon'],
    random: charsetOfChallenge,
    files: { users: passwords, 'htdocs/a.txt': 'a' },
    config: `<Directory @ROOT@/htdocs>
AuthType Basic
AuthName guests
AuthUserFile @ROOT@/users
${lines}
Require valid-user
</Directory>`,
    requests: guests,
  };
}

function refused(lines: string): ComparisonCase {
  return { ...guest(`Refused at start: ${lines}`, lines), requests: [], refused: true };
}

export const cases: readonly ComparisonCase[] = [
  guest('Guests by name', 'AuthBasicProvider anon\nAnonymous guest ftp'),
  guest('Any name', 'AuthBasicProvider anon\nAnonymous *'),
  guest('No guests', 'AuthBasicProvider anon'),
  guest('Guests behind a file of users', 'AuthBasicProvider file anon\nAnonymous *'),
  guest('Guests before a file of users', 'AuthBasicProvider anon file\nAnonymous guest'),
  guest('No password is needed', 'AuthBasicProvider anon\nAnonymous guest\nAnonymous_MustGiveEmail Off'),
  guest('An address must be given', 'AuthBasicProvider anon\nAnonymous guest\nAnonymous_VerifyEmail On'),
  guest('No name is needed', 'AuthBasicProvider anon\nAnonymous guest\nAnonymous_NoUserID On\nAnonymous_LogEmail Off'),
  refused('Anonymous'),
  refused('Anonymous_MustGiveEmail'),
  refused('Anonymous_VerifyEmail Maybe'),
  refused('Anonymous_NoUserID yes'),
];
