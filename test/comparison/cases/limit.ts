import type { ComparisonCase } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords } from '../credentials.ts';

const everyMethod: ComparisonCase['requests'] = [
  'GET /a.txt',
  'HEAD /a.txt',
  'DELETE /a.txt',
  'PROPFIND /a.txt',
  as('alice', 'GET /a.txt'),
  as('bob', 'GET /a.txt'),
];

/** Which methods a file is good for is compared elsewhere. */
const allow = /^(?:[A-Z]+, ?){2,}[A-Z]+$/;

function limiting(name: string, lines: string, requests = everyMethod): ComparisonCase {
  return {
    name,
    plugin: 'core',
    random: [...charsetOfChallenge, allow],
    files: { users: passwords, 'htdocs/a.txt': 'a' },
    config: `<Directory @ROOT@/htdocs>\n${lines}\n</Directory>`,
    requests,
  };
}

function refused(lines: string): ComparisonCase {
  return { ...limiting(`Refused at start: ${lines.replaceAll('\n', '; ')}`, lines, []), refused: true };
}

export const cases: readonly ComparisonCase[] = [
  limiting('A Require for some methods only', `${asksForUser}<Limit GET POST>\nRequire valid-user\n</Limit>`),
  limiting('HEAD goes with GET', '<Limit HEAD>\nRequire all denied\n</Limit>'),
  limiting('A Require for all other methods', `${asksForUser}<LimitExcept GET>\nRequire valid-user\n</LimitExcept>`),
  limiting('HEAD goes with GET there too', '<LimitExcept HEAD>\nRequire all denied\n</LimitExcept>'),
  limiting(
    'A narrowed line beside one that is not',
    `${asksForUser}Require user bob\n<Limit GET>\nRequire user alice\n</Limit>`,
  ),
  limiting(
    'Two narrowed lines',
    `${asksForUser}<Limit GET>\nRequire user alice\n</Limit>
<LimitExcept GET>\nRequire all denied\n</LimitExcept>`,
  ),
  limiting(
    'A block for some methods',
    `${asksForUser}<Limit GET>
<RequireAll>\nRequire valid-user\nRequire not user bob\n</RequireAll>\n</Limit>`,
  ),
  limiting(
    'A narrowed line beside a block',
    `${asksForUser}<RequireAll>\nRequire user alice\n</RequireAll>
<Limit GET>\nRequire user bob\n</Limit>`,
  ),
  limiting(
    'A later section replaces what is narrowed',
    `<Limit GET>\nRequire all denied\n</Limit>\n</Directory>
<Directory @ROOT@/htdocs/>\nRequire all granted`,
  ),
  limiting(
    'A narrowed line in a later section replaces the outer ones',
    `Require all denied\n</Directory>
<Directory @ROOT@/htdocs/>\n<Limit POST>\nRequire all denied\n</Limit>`,
  ),
  limiting(
    'AuthMerging And with a narrowed line',
    `Require all granted\n</Directory>
<Directory @ROOT@/htdocs/>\n${asksForUser}AuthMerging And\n<Limit GET>\nRequire user alice\n</Limit>`,
  ),
  limiting(
    'AuthMerging Or with a narrowed line',
    `Require all denied\n</Directory>
<Directory @ROOT@/htdocs/>\n${asksForUser}AuthMerging Or\n<Limit GET>\nRequire user alice\n</Limit>`,
  ),
  limiting('Order, Allow and Deny for some methods', `<Limit GET>\nOrder deny,allow\nDeny from all\n</Limit>`),
  limiting(
    'Order, Allow and Deny for all other methods',
    `<LimitExcept GET>\nOrder deny,allow\nDeny from all\n</LimitExcept>`,
  ),
  limiting(
    'An Order for some methods beside an Allow for all',
    `Allow from 10.1\n<Limit DELETE>\nOrder allow,deny\n</Limit>`,
  ),
  limiting(
    'Satisfy Any for some methods',
    `${asksForUser}Require valid-user\n<LimitExcept GET>\nSatisfy Any\n</LimitExcept>`,
  ),
  refused('<Limit>\nRequire all denied\n</Limit>'),
  refused('<LimitExcept>\nRequire all denied\n</LimitExcept>'),
  refused('<Limit TRACE>\nRequire all denied\n</Limit>'),
  refused('<Limit GET>\nRequire all denied'),
  refused('<Limit GET>\n<Limit POST>\nRequire all denied\n</Limit>\n</Limit>'),
];
