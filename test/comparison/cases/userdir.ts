import type { ComparisonCase } from '../comparison-case.ts';

const modules = ['userdir'];

const open = `
<Directory "@ROOT@">
  Require all granted
</Directory>
`;

const files = {
  'htdocs/~file.txt': 'a file with a tilde',
  'htdocs/~plain/x.txt': 'not a user',
  'home/ann/www/index.html': 'ann',
  'home/ann/www/x y.txt': 'x y',
  'home/ann/private.txt': 'private',
  'home/bob/www/x.txt': 'bob',
  'users/ann/x.txt': 'ann among the users',
  'users/carl/x.txt': 'carl among the users',
  'users/x.txt': 'above the users',
};

export const cases: readonly ComparisonCase[] = [
  {
    name: 'UserDir with an asterisk puts the name into the path',
    plugin: 'userdir',
    modules,
    config: `${open}UserDir "@ROOT@/home/*/www"`,
    files,
    requests: [
      'GET /~ann/',
      'GET /~ann',
      'GET /~ann?x=1',
      'GET /~ann/x%20y.txt',
      'GET /%7Eann/',
      'GET //~ann/',
      'GET /~bob/x.txt',
      'GET /~nobody/',
      'GET /~file.txt',
      'GET /x/~ann/',
      'GET /~',
      'GET /~/',
      'GET /~ann/../private.txt',
      'GET /~ann/%2e%2e/private.txt',
      'GET /~ann/..%2fprivate.txt',
      'GET /~ann/..%5cprivate.txt',
      'GET /~ann/.%2e/.%2e/bob/www/x.txt',
      'GET /~../',
      'GET /~..%2f',
      'GET /~%2e%2e/ann/private.txt',
      'GET /~./',
      'GET /~ann%00/',
      'GET /~ann%2f..%2f/',
    ],
  },
  {
    name: 'UserDir with a path has the name behind it',
    plugin: 'userdir',
    modules,
    config: `${open}UserDir "@ROOT@/users"`,
    files,
    requests: ['GET /~ann/x.txt', 'GET /~carl/x.txt', 'GET /~carl', 'GET /~./x.txt', 'GET /~../x.txt', 'GET /~x.txt'],
  },
  {
    name: 'UserDir tries its places in order',
    plugin: 'userdir',
    modules,
    config: `${open}UserDir "@ROOT@/home/*/www" "@ROOT@/users"`,
    files,
    requests: ['GET /~ann/', 'GET /~ann/x.txt', 'GET /~carl/x.txt', 'GET /~nobody/x.txt'],
  },
  {
    name: 'UserDir with a URL has the name behind it',
    plugin: 'userdir',
    modules,
    config: `${open}UserDir http://users.test/people`,
    files,
    requests: [
      { request: 'GET /~ann', differs: 'UserDir with a URL' },
      { request: 'GET /~ann/a%20b?x=1', differs: 'UserDir with a URL' },
    ],
  },
  {
    name: 'UserDir with a URL and an asterisk puts the name there',
    plugin: 'userdir',
    modules,
    config: `${open}UserDir http://users.test/*`,
    files,
    requests: [
      'GET /~ann',
      'GET /~ann/a/b',
      'HEAD /~ann/x',
      'POST /~ann/x',
      { request: 'GET /~ann/?x=1', differs: 'UserDir with a URL' },
      { request: 'GET /~ann/a%20b', differs: 'UserDir with a URL' },
    ],
  },
  {
    name: 'UserDir with a URL and an asterisk in the middle',
    plugin: 'userdir',
    modules,
    config: `${open}UserDir http://*.test/people`,
    files,
    requests: [
      { request: 'GET /~ann', differs: 'UserDir with a URL' },
      { request: 'GET /~ann/a/b', differs: 'UserDir with a URL' },
    ],
  },
  {
    name: 'UserDir disabled names users, or all',
    plugin: 'userdir',
    modules,
    config: `${open}
UserDir "@ROOT@/users"
UserDir disabled ann root
<VirtualHost *:@PORT@>
  ServerName one.test
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName two.test
  UserDir disabled
  UserDir enabled carl
</VirtualHost>
<VirtualHost *:@PORT@>
  ServerName three.test
  UserDir "@ROOT@/home/*/www"
  UserDir disable
</VirtualHost>`,
    files,
    requests: [
      { request: 'GET /~carl/x.txt', headers: { Host: 'one.test' } },
      { request: 'GET /~ann/x.txt', headers: { Host: 'one.test' } },
      { request: 'GET /~ANN/x.txt', headers: { Host: 'one.test' } },
      { request: 'GET /~carl/x.txt', headers: { Host: 'two.test' } },
      { request: 'GET /~dora/x.txt', headers: { Host: 'two.test' } },
      { request: 'GET /~bob/x.txt', headers: { Host: 'three.test' } },
    ],
  },
  {
    name: 'UserDir with a name is a folder in the home of the user',
    plugin: 'userdir',
    modules,
    config: 'UserDir public_html',
    files,
    requests: ['GET /~nobody-of-that-name/', 'GET /~nobody-of-that-name/x', 'GET /~plain/x.txt'],
  },
  {
    name: 'without UserDir a tilde is a letter',
    plugin: 'userdir',
    modules,
    config: '',
    files,
    requests: ['GET /~file.txt', 'GET /~plain/x.txt', 'GET /~root/'],
  },
  { name: 'UserDir needs a word', plugin: 'userdir', modules, config: 'UserDir', refused: true, requests: [] },
];
