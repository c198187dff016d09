import type { ComparisonCase } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords } from '../credentials.ts';

const alice = as('alice', 'GET /a.txt');
const bob = as('bob', 'GET /a.txt');
const noFile = { ...alice, differs: "a group file that isn't named or can't be read" };

function edge(name: string, line: string, requests: ComparisonCase['requests'] = ['GET /a.txt']): ComparisonCase {
  return {
    name,
    plugin: 'authz_core',
    modules: ['authz_groupfile', 'authz_owner'],
    random: charsetOfChallenge,
    files: { users: passwords, groups: 'g h: alice\ng: bob\n', 'htdocs/a.txt': 'a' },
    config: `SetEnv late 1\nSetEnvIf Host . early\n<Directory @ROOT@/htdocs>\n${line}\n</Directory>`,
    requests,
  };
}

function refused(line: string): ComparisonCase {
  return { ...edge(`Refused at start: ${line}`, line, []), refused: true };
}

export const cases: readonly ComparisonCase[] = [
  edge('Several hosts in quotes', 'Require host "example.org localhost"'),
  edge('Several variables in quotes', 'Require env "late early"'),
  edge('Several users in quotes', `${asksForUser}Require user "alice bob"`, [alice, bob]),
  edge('A group in quotes', `${asksForUser}AuthGroupFile @ROOT@/groups\nRequire group "g"`, [alice, bob]),
  edge('A group with a blank in its name', `${asksForUser}AuthGroupFile @ROOT@/groups\nRequire group g h`, [
    alice,
    bob,
  ]),
  edge('A group without a file', `${asksForUser}Require group g`, ['GET /a.txt', noFile]),
  edge('A group with a file that is not there', `${asksForUser}AuthGroupFile @ROOT@/absent\nRequire group g`, [
    'GET /a.txt',
    noFile,
  ]),
  edge('The group of a file without a file of groups', `${asksForUser}Require file-group`, ['GET /a.txt', noFile]),
  edge('SetEnv is too late', 'Require env late'),
  edge('A variable in an expression', `Require expr "reqenv('early') == ''"`),
  edge('No variable must be there', '<RequireAll>\nRequire all granted\nRequire not env early\n</RequireAll>'),
  edge('NOT has no letter case', '<RequireAll>\nRequire all granted\nRequire NOT ip 127.0.0.1\n</RequireAll>'),
  edge('An asterisk is no user', `${asksForUser}Require user *`, [alice]),
  edge('An expression that fails', `Require expr "file('/absent') == ''"`),
  edge('The beginning of an address with a dot', 'Require ip 127.'),
  edge('A host with a dot behind it', 'Require host localhost.'),
  edge('An expression with and, or and not', `Require expr "!(-z %{HTTP_HOST}) && (true || false)"`),
  edge('A list of addresses in an expression', `Require expr "-R '127.0.0.0/8' || -R '::1'"`),
  refused('Require ip "10.1 127.0.0.1"'),
  refused('Require ip 127.0/16'),
  refused('Require ip 10.1.2.3.4'),
  refused('Require ip example.org'),
  refused('Require ip 2001:db8::/129'),
  refused('Require method "GET HEAD"'),
  refused('Require ALL granted'),
  refused('Require Valid-User'),
  refused('Require not'),
  refused('Require all "granted denied"'),
  refused('Require expr "%{NONSENSE} == 1"'),
  refused('AuthGroupFile'),
  refused('AuthGroupFile a b'),
  refused('<RequireAny>\n</RequireAny'),
  refused('<RequireAll>\nRequire all granted'),
];
