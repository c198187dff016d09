import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords, sending } from '../credentials.ts';

const plain: readonly (string | ComparisonRequest)[] = ['GET /a.txt', 'HEAD /a.txt', 'GET /missing'];

/** The lines apply besides a `Require all granted`, as in a config that was brought over from Apache 2.2. */
function with22(name: string, lines: string, requests = plain): ComparisonCase {
  return {
    name,
    plugin: 'access_compat',
    random: charsetOfChallenge,
    files: { users: passwords, 'htdocs/a.txt': 'a', 'htdocs/in/b.txt': 'b' },
    config: `<Directory @ROOT@/htdocs>\n${lines}\n</Directory>`,
    requests,
  };
}

function refused(lines: string): ComparisonCase {
  return { ...with22(`Refused at start: ${lines}`, lines, []), refused: true };
}

const byUser = `${asksForUser}Require valid-user`;
const staff = ['GET /a.txt', as('alice', 'GET /a.txt'), as('alice', 'GET /a.txt', 'wrong')];

/** Every order with every pair of lines. */
const orders = ['allow,deny', 'deny,allow', 'mutual-failure'].flatMap((order) =>
  [
    '',
    'Allow from all',
    'Deny from all',
    'Allow from 127.0.0.1\nDeny from all',
    'Allow from all\nDeny from 127.0.0.1',
    'Allow from 10.1\nDeny from 10.2',
  ].map((lines) =>
    with22(`Order ${order} with ${lines === '' ? 'nothing' : lines.replace('\n', ', ')}`, `Order ${order}\n${lines}`, [
      'GET /a.txt',
    ]),
  ),
);

export const cases: readonly ComparisonCase[] = [
  ...orders,
  with22('Deny without an Order', 'Deny from all'),
  with22('Allow without an Order', 'Allow from 10.1'),
  with22('The words have no letter case', 'order DENY,Allow\ndeny FROM All\nallow From 127.0.0.1', ['GET /a.txt']),
  with22('The last Order counts', 'Order allow,deny\nOrder deny,allow', ['GET /a.txt']),
  with22('Several addresses in a line', 'Order deny,allow\nDeny from 10.1 192.168.0.0/16 127.0.0.1', ['GET /a.txt']),
  with22('Networks', 'Order allow,deny\nAllow from 127.0.0.0/255.0.0.0', ['GET /a.txt']),
  with22('Other networks', 'Order allow,deny\nAllow from 10.0.0.0/8 ::1', ['GET /a.txt']),
  with22('The beginning of an address', 'Order allow,deny\nAllow from 127.', ['GET /a.txt']),
  with22('The name of the client', 'Order allow,deny\nAllow from localhost', ['GET /a.txt']),
  with22('The name of somebody else', 'Order allow,deny\nAllow from example.org .example.net', ['GET /a.txt']),
  with22('A variable', 'SetEnvIf X-Key ^open$ enter\nOrder deny,allow\nDeny from all\nAllow from env=enter', [
    'GET /a.txt',
    sending({ 'X-Key': 'open' }, 'GET /a.txt'),
  ]),
  with22('A variable that must not be there', 'SetEnvIf User-Agent ^Bad bad\nOrder allow,deny\nAllow from env=!bad', [
    'GET /a.txt',
    sending({ 'User-Agent': 'Bad/1' }, 'GET /a.txt'),
  ]),
  with22('The place and the user', `${byUser}\nOrder allow,deny\nAllow from all`, staff),
  with22('The wrong place and the right user', `${byUser}\nOrder deny,allow\nDeny from all`, staff),
  with22('Either, where the place is right', `${byUser}\nOrder allow,deny\nAllow from all\nSatisfy Any`, staff),
  with22('Either, where the place is wrong', `${byUser}\nOrder deny,allow\nDeny from all\nSatisfy Any`, staff),
  with22('Satisfy Any alone', `${byUser}\nSatisfy Any`, staff),
  with22('Satisfy All says what holds anyway', `${byUser}\nDeny from all\nSatisfy all`, staff),
  with22('Either, where a Require refuses everybody', 'Require all denied\nAllow from all\nSatisfy any', [
    'GET /a.txt',
  ]),
  with22(
    'An inner section replaces all',
    'Order deny,allow\nDeny from all\n</Directory>\n<Directory @ROOT@/htdocs/in>\nSatisfy All',
    ['GET /a.txt', 'GET /in/b.txt'],
  ),
  with22(
    'An inner section without any inherits all',
    'Deny from all\n</Directory>\n<Directory @ROOT@/htdocs/in>\nRequire all granted',
    ['GET /in/b.txt'],
  ),
  {
    ...with22('In .htaccess', 'AllowOverride Limit', ['GET /a.txt', 'GET /in/b.txt']),
    files: { 'htdocs/a.txt': 'a', 'htdocs/in/b.txt': 'b', 'htdocs/in/.htaccess': 'Order allow,deny\nDeny from all\n' },
  },
  {
    ...with22('A bad line in .htaccess', '', ['GET /in/b.txt']),
    files: { 'htdocs/in/b.txt': 'b', 'htdocs/in/.htaccess': 'Order allow, deny\n' },
  },
  refused('Order allow, deny'),
  refused('Order nothing'),
  refused('Order'),
  refused('Allow all'),
  refused('Allow from'),
  refused('Allow'),
  refused('Deny fro all'),
  refused('Deny from 10.1.2.3/99'),
  refused('Satisfy'),
  refused('Satisfy Both'),
  refused('Satisfy All Any'),
];
