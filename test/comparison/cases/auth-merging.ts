import type { ComparisonCase } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords } from '../credentials.ts';

const requests: ComparisonCase['requests'] = [
  'GET /in/a.txt',
  'HEAD /in/a.txt',
  as('alice', 'GET /in/a.txt'),
  as('bob', 'GET /in/a.txt'),
];

function merging(outer: string, inner: string): ComparisonCase {
  return {
    name: [outer, inner].map((lines) => lines.replaceAll('\n', ', ')).join(', inside: '),
    plugin: 'authz_core',
    random: charsetOfChallenge,
    files: { users: passwords, 'htdocs/in/a.txt': 'a', 'htdocs/in/deep/b.txt': 'b' },
    config: `
<Directory @ROOT@/htdocs>
${asksForUser}
${outer}
</Directory>
<Directory @ROOT@/htdocs/in>
${inner}
</Directory>`,
    requests,
  };
}

const words = ['Off', 'And', 'Or'];

export const cases: readonly ComparisonCase[] = [
  ...words.map((word) => merging('Require user alice', `AuthMerging ${word}\nRequire valid-user`)),
  ...words.map((word) => merging('Require valid-user', `AuthMerging ${word}\nRequire ip 127.0.0.1`)),
  ...words.map((word) => merging('Require all denied', `AuthMerging ${word}\nRequire user bob`)),
  ...words.map((word) => merging('Require user alice', `AuthMerging ${word}`)),
  merging('Require user alice', 'AuthzSendForbiddenOnFailure On'),
  merging('AuthMerging And\nRequire user alice', 'Require user bob'),
  merging('Require user alice', '<RequireAll>\nRequire user bob\nRequire all granted\n</RequireAll>\nAuthMerging or'),
  {
    ...merging('Require user alice', 'AuthMerging And\nRequire user bob'),
    name: 'Three levels: and, then or',
    config: `
<Directory @ROOT@/htdocs>
${asksForUser}
Require user alice
</Directory>
<Directory @ROOT@/htdocs/in>
AuthMerging And
Require ip 10.1
</Directory>
<Directory @ROOT@/htdocs/in/deep>
AuthMerging Or
Require user bob
</Directory>`,
    requests: [as('alice', 'GET /in/a.txt'), as('alice', 'GET /in/deep/b.txt'), as('bob', 'GET /in/deep/b.txt')],
  },
  {
    name: 'Refused at start: AuthMerging Maybe',
    plugin: 'authz_core',
    config: '<Directory @ROOT@/htdocs>\nAuthMerging Maybe\n</Directory>',
    refused: true,
    requests: [],
  },
  {
    name: 'Refused at start: AuthMerging without a word',
    plugin: 'authz_core',
    config: '<Directory @ROOT@/htdocs>\nAuthMerging\n</Directory>',
    refused: true,
    requests: [],
  },
];
