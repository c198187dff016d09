import type { ComparisonCase } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords, sending } from '../credentials.ts';

const files = {
  users: passwords,
  groups: '# people\nstaff: alice bob\n\nguests:carol  alice\nempty:\n',
  'htdocs/a.txt': 'a',
  'htdocs/b.txt': 'b',
};

function requiring(name: string, plugin: string, lines: string, requests: ComparisonCase['requests']): ComparisonCase {
  const modules = plugin === 'authz_core' || plugin === 'authz_host' || plugin === 'authz_user' ? [] : [plugin];
  return {
    name,
    plugin,
    modules,
    random: charsetOfChallenge,
    files,
    config: `<Directory @ROOT@/htdocs>\n${lines}\n</Directory>`,
    requests,
  };
}

function refused(lines: string, plugin = 'authz_core'): ComparisonCase {
  return {
    name: `Refused at start: ${lines.replaceAll('\n', '; ')}`,
    plugin,
    files,
    config: `<Directory @ROOT@/htdocs>\n${lines}\n</Directory>`,
    refused: true,
    requests: [],
  };
}

export const cases: readonly ComparisonCase[] = [
  requiring('Everybody or nobody', 'authz_core', 'Require all denied', ['GET /a.txt', 'POST /a.txt', 'GET /missing']),
  requiring('The words granted and denied have no letter case', 'authz_core', 'Require all GRANTED', ['GET /a.txt']),
  requiring('Of several lines one must grant', 'authz_core', 'Require all denied\nRequire ip 127.0.0.1', [
    'GET /a.txt',
  ]),
  requiring('An address that is the client', 'authz_host', 'Require ip 10.1 127.0.0.0/8', ['GET /a.txt']),
  requiring('The beginning of an address', 'authz_host', 'Require ip 127', ['GET /a.txt']),
  requiring('An address with a mask', 'authz_host', 'Require ip 127.0.0.0/255.0.0.0', ['GET /a.txt']),
  requiring('Addresses that are not the client', 'authz_host', 'Require ip 10.1 192.168.0.0/16 ::1', ['GET /a.txt']),
  requiring('The machine itself', 'authz_host', 'Require local', ['GET /a.txt']),
  requiring('The name of the client', 'authz_host', 'Require host localhost', ['GET /a.txt']),
  requiring('The name of somebody else', 'authz_host', 'Require host example.org .example.net', ['GET /a.txt']),
  requiring('A name that leads to the client', 'authz_host', 'Require forward-dns localhost', ['GET /a.txt']),
  requiring(
    'A variable of the environment',
    'authz_core',
    'SetEnvIf X-Key ^open$ may_enter\nSetEnvIf X-Key ^empty$ nothing=\nRequire env may_enter nothing',
    ['GET /a.txt', sending({ 'X-Key': 'open' }, 'GET /a.txt'), sending({ 'X-Key': 'empty' }, 'GET /a.txt')],
  ),
  requiring('Methods', 'authz_core', 'Require method GET OPTIONS', [
    'GET /a.txt',
    'HEAD /a.txt',
    'POST /a.txt',
    'PUT /a.txt',
    'DELETE /a.txt',
  ]),
  requiring(
    'An expression in quotes',
    'authz_core',
    `Require expr "%{REQUEST_URI} =~ m#^/a# && %{HTTP:X-Key} == 'open it'"`,
    ['GET /a.txt', sending({ 'X-Key': 'open it' }, 'GET /a.txt'), sending({ 'X-Key': 'open it' }, 'GET /b.txt')],
  ),
  requiring('An expression without quotes', 'authz_core', `Require expr %{HTTP:X-Key} == 'open it'`, [
    'GET /a.txt',
    sending({ 'X-Key': 'open it' }, 'GET /a.txt'),
  ]),
  requiring(
    'An expression about the user has one asked for',
    'authz_core',
    `${asksForUser}Require expr "%{REMOTE_USER} == 'alice'"`,
    ['GET /a.txt', as('alice', 'GET /a.txt'), as('bob', 'GET /a.txt'), as('alice', 'GET /a.txt', 'wrong')],
  ),
  requiring('Any user', 'authz_user', `${asksForUser}Require valid-user`, [
    'GET /a.txt',
    'HEAD /a.txt',
    as('alice', 'GET /a.txt'),
    as('alice', 'HEAD /a.txt'),
    as('alice', 'GET /missing'),
    as('alice', 'GET /a.txt', 'wrong'),
    as('nobody', 'GET /a.txt'),
  ]),
  requiring('Some users', 'authz_user', `${asksForUser}Require user bob "alice"`, [
    'GET /a.txt',
    as('alice', 'GET /a.txt'),
    as('bob', 'GET /a.txt'),
    as('carol', 'GET /a.txt'),
    as('ALICE', 'GET /a.txt'),
  ]),
  requiring('A user whom the request names', 'authz_user', `${asksForUser}Require user %{HTTP:X-Owner}`, [
    as('alice', 'GET /a.txt'),
    { ...as('alice', 'GET /a.txt'), headers: { ...as('alice', '').headers, 'X-Owner': 'alice' } },
    { ...as('alice', 'GET /a.txt'), headers: { ...as('alice', '').headers, 'X-Owner': 'bob alice' } },
    { ...as('alice', 'GET /a.txt'), headers: { ...as('alice', '').headers, 'X-Owner': 'bob' } },
  ]),
  requiring(
    'A user who is not admitted gets 403 where it is wanted',
    'authz_core',
    `${asksForUser}
AuthzSendForbiddenOnFailure On
Require user bob`,
    ['GET /a.txt', as('alice', 'GET /a.txt'), as('bob', 'GET /a.txt'), as('bob', 'GET /a.txt', 'x')],
  ),
  requiring('A group', 'authz_groupfile', `${asksForUser}AuthGroupFile @ROOT@/groups\nRequire group staff`, [
    'GET /a.txt',
    as('alice', 'GET /a.txt'),
    as('bob', 'GET /a.txt'),
    as('carol', 'GET /a.txt'),
  ]),
  requiring(
    'One of several groups',
    'authz_groupfile',
    `${asksForUser}AuthGroupFile @ROOT@/groups
Require group empty guests none`,
    [as('alice', 'GET /a.txt'), as('bob', 'GET /a.txt'), as('carol', 'GET /a.txt')],
  ),
  requiring(
    'A group that nobody is in',
    'authz_groupfile',
    `${asksForUser}AuthGroupFile @ROOT@/groups
Require group empty`,
    [as('alice', 'GET /a.txt')],
  ),
  {
    ...requiring('The owner of the file', 'authz_owner', `${asksForUser}Require file-owner`, [
      'GET /a.txt',
      as('alice', 'GET /a.txt'),
      as('alice', 'GET /missing'),
    ]),
  },
  requiring('Users or addresses', 'authz_core', `${asksForUser}Require ip 127.0.0.1\nRequire valid-user`, [
    'GET /a.txt',
    as('alice', 'GET /a.txt', 'wrong'),
  ]),
  requiring('Other addresses or users', 'authz_core', `${asksForUser}Require ip 10.1\nRequire valid-user`, [
    'GET /a.txt',
    as('alice', 'GET /a.txt'),
  ]),
  requiring(
    'Addresses and users',
    'authz_core',
    `${asksForUser}<RequireAll>
Require ip 127.0.0.1
Require valid-user
</RequireAll>`,
    ['GET /a.txt', as('alice', 'GET /a.txt')],
  ),
  requiring(
    'Other addresses and users',
    'authz_core',
    `${asksForUser}<RequireAll>
Require ip 10.1
Require valid-user
</RequireAll>`,
    ['GET /a.txt', as('alice', 'GET /a.txt')],
  ),
  requiring(
    'All but one',
    'authz_core',
    `${asksForUser}<RequireAll>
Require valid-user
Require not user bob
</RequireAll>`,
    ['GET /a.txt', as('alice', 'GET /a.txt'), as('bob', 'GET /a.txt')],
  ),
  requiring(
    'A user who is excepted, where nobody need be known',
    'authz_core',
    `${asksForUser}<RequireAll>
Require all granted
Require not user bob
</RequireAll>`,
    ['GET /a.txt', as('bob', 'GET /a.txt')],
  ),
  requiring(
    'All but an address',
    'authz_core',
    `<RequireAll>
Require all granted
Require not ip 127.0.0.1
</RequireAll>`,
    ['GET /a.txt'],
  ),
  requiring(
    'None of several',
    'authz_core',
    `<RequireAll>
Require all granted
<RequireNone>
Require expr "%{REQUEST_URI} == '/b.txt'"
Require method POST
</RequireNone>
</RequireAll>`,
    ['GET /a.txt', 'GET /b.txt', 'POST /a.txt'],
  ),
  requiring(
    'Blocks in blocks',
    'authz_core',
    `${asksForUser}<RequireAny>
<RequireAll>
Require user alice
Require expr "%{REQUEST_URI} == '/a.txt'"
</RequireAll>
<RequireAll>
Require user bob
Require expr "%{REQUEST_URI} == '/b.txt'"
</RequireAll>
</RequireAny>`,
    [
      'GET /a.txt',
      'GET /b.txt',
      'GET /missing',
      as('alice', 'GET /a.txt'),
      as('alice', 'GET /b.txt'),
      as('bob', 'GET /a.txt'),
      as('bob', 'GET /b.txt'),
      as('carol', 'GET /b.txt'),
    ],
  ),
  requiring('AuthType without a Require of its own', 'authz_core', `${asksForUser}AuthMerging Off`, ['GET /a.txt']),
  requiring('A user where no AuthType could ask', 'authz_core', 'Require valid-user', [
    'GET /a.txt',
    as('alice', 'GET /a.txt'),
  ]),
  refused('Require'),
  refused('Require nobody'),
  refused('Require all'),
  refused('Require all maybe'),
  refused('Require all granted denied'),
  refused('Require not all granted'),
  refused('Require ip'),
  refused('Require ip 300.1.2.3', 'authz_host'),
  refused('Require ip 10.1.2.3/33', 'authz_host'),
  refused('Require method get'),
  refused('Require method GET BREW'),
  refused('Require expr'),
  refused(`Require expr "%{REQUEST_URI} =="`),
  refused('<RequireAny>\nRequire valid-user\nRequire not user eve\n</RequireAny>'),
  refused('<RequireNone>\nRequire user eve\n</RequireNone>'),
  refused('<RequireAll>\nRequire not user eve\n</RequireAll>'),
  refused('<RequireAll x>\nRequire user eve\n</RequireAll>'),
  refused('<RequireAll>\nHeader set A b\n</RequireAll>'),
  refused('AuthzSendForbiddenOnFailure Maybe'),
];
