import type { ComparisonCase } from '../comparison-case.ts';

function as(user: string, password: string): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

const asAnn = as('ann', 'secret');
const files = {
  'htdocs/a.txt': 'a',
  'htdocs/staff/b.txt': 'b',
  // ann: secret, bob: builder
  passwords: 'ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\nbob:{SHA}9SMYoF5RilWWASry7TjeaKwmpGg=\n',
};
const basic = 'AuthType Basic\nAuthName Staff\nAuthUserFile @ROOT@/passwords\n';

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Basic: valid-user lets in whom the file knows',
    plugin: 'auth_basic',
    config: `<Location /staff>\n${basic}Require valid-user\n</Location>`,
    files,
    requests: [
      { request: 'GET /staff/b.txt', headers: asAnn },
      { request: 'HEAD /staff/b.txt', headers: asAnn },
      { request: 'GET /staff/missing', headers: asAnn },
      'GET /a.txt',
    ],
  },
  {
    name: 'Require user names who may',
    plugin: 'authz_core',
    config: `<Location /staff>\n${basic}Require user bob ann\n</Location>`,
    files,
    requests: [
      { request: 'GET /staff/b.txt', headers: asAnn },
      { request: 'GET /staff/b.txt', headers: as('bob', 'builder') },
      'GET /a.txt',
    ],
  },
  {
    name: 'Addresses, alone and combined',
    plugin: 'authz_core',
    config: `
<Location /local>
  Require local
</Location>
<Location /here>
  Require ip 127.0.0.0/8
</Location>
<Location /elsewhere>
  Require ip 192.0.2.0/24
</Location>
<Location /but>
  <RequireAll>
    Require all granted
    Require not ip 127.0.0.1
  </RequireAll>
</Location>
<Location /denied>
  Require all denied
</Location>`,
    files: {
      'htdocs/local': 'l',
      'htdocs/here': 'h',
      'htdocs/elsewhere': 'e',
      'htdocs/but': 'b',
      'htdocs/denied': 'd',
    },
    requests: ['GET /local', 'GET /here', 'GET /elsewhere', 'GET /but', 'GET /denied', 'GET /denied/missing'],
  },
];
