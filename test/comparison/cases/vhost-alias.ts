import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const modules = ['vhost_alias'];

const open = `
<Directory "@ROOT@/vhosts">
  Require all granted
</Directory>
`;

const files = {
  'htdocs/x.txt': 'the fixed root',
  'htdocs/cgi-bin/x.txt': 'the fixed cgi-bin',
  'vhosts/www.example.test/x.txt': 'www.example.test',
  'vhosts/www.example.test/sub/index.html': 'sub',
  'vhosts/localhost/x.txt': 'localhost',
  'vhosts/a/x.txt': 'a',
  'vhosts/c/b/x.txt': 'c/b',
  'vhosts/_/x.txt': 'underscore',
  'vhosts/test/x.txt': 'test',
  'vhosts/www/x.txt': 'www',
  'vhosts/b.c/x.txt': 'b.c',
  'vhosts/a.b/x.txt': 'a.b',
  'vhosts/w/ww/x.txt': 'w/ww',
  'vhosts/e/l/x.txt': 'e/l',
  'vhosts/127.0.0.1/x.txt': 'address',
  'vhosts/127/1/x.txt': 'address parts',
  'vhosts/8080/x.txt': 'port 8080',
  'vhosts/80/x.txt': 'port 80',
  'vhosts/%/x.txt': 'percent',
  'vhosts/x.txt': 'above the hosts',
  'secret.txt': 'secret',
};

function from(host: string, request = 'GET /x.txt'): ComparisonRequest {
  return { request, headers: { Host: host } };
}

function folder(name: string, path: string, hosts: readonly string[]): ComparisonCase {
  return {
    name,
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualDocumentRoot "@ROOT@/vhosts/${path}"`,
    files,
    requests: hosts.map((host) => from(host)),
  };
}

export const cases: readonly ComparisonCase[] = [
  {
    name: 'VirtualDocumentRoot finds the root by the whole name',
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualDocumentRoot "@ROOT@/vhosts/%0"`,
    files,
    requests: [
      from('www.example.test'),
      from('WWW.Example.TEST'),
      from('www.example.test:8080'),
      from('www.example.test', 'GET /sub'),
      from('www.example.test', 'GET /sub/'),
      from('www.example.test', 'GET /'),
      from('www.example.test', 'GET /cgi-bin/x.txt'),
      from('localhost'),
      from('none.example.test'),
      from('localhost', 'GET http://www.example.test/x.txt'),
      { request: 'GET /x.txt HTTP/1.0', headers: {} },
    ],
  },
  {
    name: 'a name is no way out of the folder of the hosts',
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualDocumentRoot "@ROOT@/vhosts/%0"`,
    files,
    requests: [
      from('..'),
      from('.'),
      from('../vhosts'),
      from('..%2f'),
      from('%2e%2e'),
      from('www.example.test/..'),
      from('a..b'),
      from('www.example.test', 'GET /../x.txt'),
      from('www.example.test', 'GET /%2e%2e/x.txt'),
      from('www.example.test', 'GET /..%2fx.txt'),
      from('www.example.test', 'GET /sub/../../x.txt'),
      from('www.example.test', 'GET /%2e%2e/%2e%2e/secret.txt'),
    ],
  },
  folder('the first label', '%1', ['a.b.c', 'www.example.test', 'localhost', 'none.test']),
  folder('the last label, and the one before', '%-1/%-2', ['a.b.c', 'b.c', 'test']),
  folder('the last label alone', '%-1', ['www.example.test', 'localhost']),
  folder('a label and all behind it', '%2+', ['a.b.c', 'x.b.c', 'a.b', 'localhost']),
  folder('all labels up to one from the end', '%-2+', ['a.b.c', 'b.c', 'localhost']),
  folder('a label that is not there', '%3', ['a.b', 'a.b.c', 'localhost']),
  folder('letters of a label', '%1.1/%1.2+', ['www.example.test', 'w.test', 'a']),
  folder('letters from the end', '%2.-1/%2.-2', ['www.exampel.test', 'www.xle.test', 'www.x.test']),
  folder('the port', '%p', ['x.test:8080', 'x.test', 'x.test:80']),
  folder('a percent sign', '%%', ['x.test']),
  folder('a slash at the end of the root', 'a/', ['x.test']),
  {
    name: 'VirtualDocumentRootIP takes the address',
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualDocumentRootIP "@ROOT@/vhosts/%0"`,
    files,
    requests: [from('x.test'), from('127.0.0.2')],
  },
  {
    name: 'VirtualDocumentRootIP takes parts of the address',
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualDocumentRootIP "@ROOT@/vhosts/%1/%4"`,
    files,
    requests: [from('x.test')],
  },
  {
    name: 'UseCanonicalName On takes ServerName',
    plugin: 'vhost_alias',
    modules,
    config: `${open}UseCanonicalName On\nVirtualDocumentRoot "@ROOT@/vhosts/%0"`,
    files,
    requests: [from('www.example.test'), from('x.test', 'GET /sub')],
  },
  {
    name: 'Alias and Redirect come before VirtualDocumentRoot',
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualDocumentRoot "@ROOT@/vhosts/%0"\nAlias /a "@ROOT@/vhosts/a"\nRedirect /r /x`,
    files,
    requests: [from('www.example.test', 'GET /a/x.txt'), from('www.example.test', 'GET /r/y')],
  },
  {
    name: 'none takes the fixed root back',
    plugin: 'vhost_alias',
    modules,
    config: `${open}
VirtualDocumentRoot "@ROOT@/vhosts/%0"
<VirtualHost *:@PORT@>
  ServerName one.test
  VirtualDocumentRoot none
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName two.test
  ServerAlias *
</VirtualHost>`,
    files,
    requests: [from('one.test'), from('two.test'), from('www.example.test')],
  },
  {
    name: 'VirtualScriptAlias maps what is below /cgi-bin/, whose source is never shown',
    plugin: 'vhost_alias',
    modules,
    config: `${open}VirtualScriptAlias "@ROOT@/vhosts/%0"`,
    files,
    requests: [
      { ...from('www.example.test', 'GET /cgi-bin/x.txt'), differs: 'a handler that no plugin has' },
      from('www.example.test', 'GET /x.txt'),
      from('www.example.test', 'GET /sub/cgi-bin/x.txt'),
    ],
  },
  ...['x', '/x/%', '/x/%a', '/x/%1.a', ''].map((path): ComparisonCase => ({
    name: `VirtualDocumentRoot "${path}" is an error`,
    plugin: 'vhost_alias',
    modules,
    config: `VirtualDocumentRoot ${path}`,
    refused: true,
    requests: [],
  })),
];
