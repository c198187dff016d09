import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const shown = `
Header always set X-Client "expr=%{REMOTE_ADDR}"
Header always set X-Rest "expr=%{HTTP:X-Forwarded-For}"
Header always set X-Passed "expr=%{HTTP:X-Passed}"
Header always set X-Connection "expr=%{CONN_REMOTE_ADDR}"
`;

function from(...forwarded: readonly string[]): ComparisonRequest {
  const [only, ...more] = forwarded;
  return { request: 'GET /a.txt', headers: { 'X-Forwarded-For': more.length === 0 ? only! : forwarded } };
}

const everything: ComparisonCase['requests'] = [
  'GET /a.txt',
  from('198.51.100.7'),
  from(' 198.51.100.7 '),
  from('203.0.113.1, 198.51.100.7'),
  from('203.0.113.1,198.51.100.7,192.0.2.9'),
  from('203.0.113.1, 192.0.2.9'),
  from('203.0.113.1', '192.0.2.9'),
  from('10.1.2.3'),
  from('127.0.0.1'),
  from('172.16.0.1'),
  from('192.168.1.1, 192.0.2.9'),
  from('169.254.1.1'),
  from('203.0.113.1, 10.1.2.3, 192.0.2.9'),
  from('2001:DB8:0:0::1'),
  from('::1'),
  from('fe80::1'),
  from('::ffff:198.51.100.7'),
  from('unknown'),
  from('203.0.113.1, unknown'),
  from('198.51.100.7:1234'),
  from('300.1.2.3'),
  from(''),
  from(','),
  from('198.51.100.7,'),
  from('198.51.100.7, ,192.0.2.9'),
];

function behind(name: string, lines: string, requests = everything): ComparisonCase {
  return {
    name,
    plugin: 'remoteip',
    modules: ['remoteip'],
    files: {
      'htdocs/a.txt': 'a',
      proxies: '# our own\n127.0.0.1\n\n192.0.2.0/24 # theirs\n',
    },
    config: `${lines}\n${shown}`,
    requests,
  };
}

function refused(lines: string): ComparisonCase {
  return { ...behind(`Refused at start: ${lines}`, lines, []), refused: true };
}

const header = 'RemoteIPHeader X-Forwarded-For\nRemoteIPProxiesHeader X-Passed';

export const cases: readonly ComparisonCase[] = [
  behind('An internal proxy', `${header}\nRemoteIPInternalProxy 127.0.0.1`),
  behind('A trusted proxy', `${header}\nRemoteIPTrustedProxy 127.0.0.0/8`),
  behind(
    'An internal proxy and a trusted one behind it',
    `${header}\nRemoteIPInternalProxy 127.0.0.1\nRemoteIPTrustedProxy 192.0.2.9`,
  ),
  behind('Two trusted proxies', `${header}\nRemoteIPTrustedProxy 127.0.0.1 192.0.2.9`),
  behind('Proxies that are not the client', `${header}\nRemoteIPInternalProxy 10.0.0.0/8`, [from('198.51.100.7')]),
  behind(
    'Rules are about the client',
    `RemoteIPHeader X-Client-IP
RemoteIPInternalProxy 127.0.0.1
<Location />
Require ip 10.1
</Location>`,
    [
      'GET /a.txt',
      { request: 'GET /a.txt', headers: { 'X-Client-IP': '10.1.2.3' } },
      { request: 'GET /a.txt', headers: { 'X-Client-IP': '10.2.2.3' } },
      { request: 'GET /a.txt', headers: { 'X-Forwarded-For': '10.1.2.3' } },
    ],
  ),
  behind(
    'Variables are about the client',
    `RemoteIPHeader X-Forwarded-For
RemoteIPInternalProxy 127.0.0.1
SetEnvIf Remote_Addr ^10\\. inside
<Location />
Require env inside
</Location>`,
    [from('10.1.2.3'), from('11.1.2.3')],
  ),
  refused('RemoteIPHeader'),
  refused('RemoteIPHeader X-A X-B'),
  refused('RemoteIPProxiesHeader'),
  refused('RemoteIPInternalProxy'),
  refused('RemoteIPInternalProxy 300.1.2.3'),
  refused('RemoteIPTrustedProxy 10.0.0.0/33'),
  refused('RemoteIPInternalProxyList'),
  refused('RemoteIPTrustedProxyList @ROOT@/absent'),
  refused('<Location />\nRemoteIPHeader X-A\n</Location>'),
];
