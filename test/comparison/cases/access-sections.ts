import type { ComparisonCase } from '../comparison-case.ts';
import { as, asksForUser, charsetOfChallenge, passwords, sending } from '../credentials.ts';

/** What stands where, and which of several places decides. */
function sections(
  name: string,
  config: string,
  requests: ComparisonCase['requests'],
  files: ComparisonCase['files'] = {},
): ComparisonCase {
  return {
    name,
    plugin: 'authz_core',
    modules: ['authz_groupfile'],
    random: charsetOfChallenge,
    files: {
      users: passwords,
      groups: 'staff: alice\n',
      'htdocs/a.txt': 'a',
      'htdocs/index.html': 'index',
      'htdocs/in/b.txt': 'b',
      'htdocs/in/index.html': 'inner index',
      'htdocs/in/deep/c.txt': 'c',
      'elsewhere/d.txt': 'd',
      'htdocs/sorry.txt': 'sorry',
      ...files,
    },
    config,
    requests,
  };
}

const denied = 'Require all denied';
const granted = 'Require all granted';
const staff = `${asksForUser}Require valid-user`;

export const cases: readonly ComparisonCase[] = [
  sections(
    'Folders by depth',
    `<Directory @ROOT@/htdocs/in>\n${denied}\n</Directory>\n<Directory @ROOT@/htdocs/in/deep>\n${granted}\n</Directory>`,
    [
      'GET /a.txt',
      'GET /in/b.txt',
      'GET /in/deep/c.txt',
      'GET /in/',
      'GET /in',
      'GET /in/missing',
      'GET /in/deep/missing',
    ],
  ),
  sections(
    'Location stands over Directory',
    `<Location /in>\n${denied}\n</Location>\n<Directory @ROOT@/htdocs/in>\n${granted}\n</Directory>`,
    [
      'GET /in/b.txt',
      'GET /in/deep/c.txt',
      'GET //in/b.txt',
      'GET /./in/b.txt',
      'GET /x/../in/b.txt',
      'GET /%69n/b.txt',
      'GET /in%2fb.txt',
      'GET /IN/b.txt',
      'GET /inner',
    ],
  ),
  sections(
    'The later Location wins',
    `<Location /in/deep>\n${denied}\n</Location>\n<Location /in>\n${granted}\n</Location>`,
    ['GET /in/deep/c.txt'],
  ),
  sections('LocationMatch', `<LocationMatch "\\.txt$">\n${denied}\n</LocationMatch>`, [
    'GET /a.txt',
    'GET /',
    'GET /a.txt/',
    'GET /a.txt?x',
  ]),
  sections('DirectoryMatch', `<DirectoryMatch "/deep$">\n${denied}\n</DirectoryMatch>`, [
    'GET /in/deep/c.txt',
    'GET /in/b.txt',
  ]),
  sections('Files', `<Files "*.txt">\n${denied}\n</Files>`, [
    'GET /a.txt',
    'GET /',
    'GET /in/b.txt',
    'GET /a.txt/more',
  ]),
  sections(
    'FilesMatch inside Directory',
    `<Directory @ROOT@/htdocs/in>\n<FilesMatch "^[bc]">\n${denied}\n</FilesMatch>\n</Directory>`,
    ['GET /in/b.txt', 'GET /in/deep/c.txt', 'GET /a.txt'],
  ),
  sections(
    'If decides last',
    `<Location />\n${granted}\n</Location>\n<If "%{HTTP:X-Key} != 'open'">\n${denied}\n</If>`,
    ['GET /a.txt', sending({ 'X-Key': 'open' }, 'GET /a.txt')],
  ),
  sections(
    'If with a user',
    `<Location />\n${granted}\n</Location>\n<If "%{REQUEST_URI} == '/a.txt'">\n${staff}\n</If>`,
    ['GET /a.txt', as('alice', 'GET /a.txt'), 'GET /in/b.txt'],
  ),
  sections(
    'A folder that is aliased',
    `Alias /other @ROOT@/elsewhere\n<Directory @ROOT@/elsewhere>\n${denied}\n</Directory>`,
    ['GET /other/d.txt', 'GET /other'],
  ),
  sections(
    'A folder that is aliased and open',
    `Alias /other @ROOT@/elsewhere\n<Directory @ROOT@/elsewhere>\n${granted}\n</Directory>`,
    ['GET /other/d.txt'],
  ),
  sections('The index of a protected folder', `<Directory @ROOT@/htdocs/in>\n${staff}\n</Directory>`, [
    'GET /in/',
    as('alice', 'GET /in/'),
    'GET /',
  ]),
  sections('An index that is protected itself', `<Files index.html>\n${denied}\n</Files>`, ['GET /in/', 'GET /']),
  sections(
    'An error page in a protected place',
    `ErrorDocument 403 /in/b.txt\n<Location /a.txt>\n${denied}\n</Location>\n<Location /in>\n${denied}\n</Location>`,
    ['GET /a.txt', 'GET /in/b.txt'],
  ),
  sections(
    'An error page for those who are refused',
    `ErrorDocument 403 /sorry.txt\nErrorDocument 401 /sorry.txt\n<Location /a.txt>\n${denied}\n</Location>\n<Location /in>\n${staff}\n</Location>`,
    ['GET /a.txt', 'GET /in/b.txt', as('alice', 'GET /in/b.txt')],
  ),
  sections(
    'Headers of a refusal',
    `Header always set X-Always 1\nHeader set X-Success 1\n<Location />\n${denied}\n</Location>`,
    ['GET /a.txt'],
  ),
  sections(
    'A user in a response',
    `<Location />\n${staff}\nHeader set X-User "expr=%{REMOTE_USER}"\nHeader set X-Type "expr=%{AUTH_TYPE}"\n</Location>`,
    [as('alice', 'GET /a.txt'), 'GET /a.txt'],
  ),
  sections(
    'Settings of the scheme are inherited one by one',
    `<Directory @ROOT@/htdocs>\n${asksForUser}</Directory>\n<Directory @ROOT@/htdocs/in>\nAuthName inner\nRequire user bob\n</Directory>\n<Directory @ROOT@/htdocs/in/deep>\nRequire user carol\n</Directory>`,
    [
      'GET /a.txt',
      'GET /in/b.txt',
      as('bob', 'GET /in/b.txt'),
      as('bob', 'GET /in/deep/c.txt'),
      as('carol', 'GET /in/deep/c.txt'),
    ],
  ),
  sections('.htaccess may require', '', ['GET /in/b.txt', as('alice', 'GET /in/b.txt'), as('bob', 'GET /in/b.txt')], {
    'htdocs/in/.htaccess': 'AuthType Basic\nAuthName staff\nAuthUserFile users\nRequire user alice\n',
  }),
  sections(
    '.htaccess with groups and blocks',
    '',
    ['GET /in/b.txt', as('alice', 'GET /in/b.txt'), as('bob', 'GET /in/b.txt')],
    {
      'htdocs/in/.htaccess':
        'AuthType Basic\nAuthName staff\nAuthUserFile users\nAuthGroupFile groups\n<RequireAll>\nRequire group staff\nRequire not ip 10.1\n</RequireAll>\n',
    },
  ),
  sections(
    '.htaccess may open',
    `<Directory @ROOT@/htdocs>\n${denied}\n</Directory>`,
    ['GET /a.txt', 'GET /in/b.txt'],
    {
      'htdocs/in/.htaccess': `${granted}\n`,
    },
  ),
  sections(
    '.htaccess with AuthMerging',
    `<Directory @ROOT@/htdocs>\n${denied}\n</Directory>`,
    ['GET /in/b.txt', 'GET /in/deep/c.txt'],
    {
      'htdocs/in/.htaccess': `AuthMerging And\n${granted}\n`,
      'htdocs/in/deep/.htaccess': `AuthMerging Or\n${granted}\n`,
    },
  ),
  sections('.htaccess with LimitExcept', '', ['GET /in/b.txt', 'HEAD /in/b.txt'], {
    'htdocs/in/.htaccess': `<LimitExcept GET>\n${denied}\n</LimitExcept>\n`,
  }),
  sections('.htaccess with Files', '', ['GET /in/b.txt', 'GET /in/'], {
    'htdocs/in/.htaccess': `<Files b.txt>\n${denied}\n</Files>\n`,
  }),
  sections('.htaccess with a Require that makes no sense', '', ['GET /in/b.txt', 'GET /a.txt'], {
    'htdocs/in/.htaccess': 'Require nonsense\n',
  }),
  sections(
    '.htaccess that may not say who may',
    `<Directory @ROOT@/htdocs/in>\nAllowOverride FileInfo\n</Directory>`,
    ['GET /in/b.txt'],
    {
      'htdocs/in/.htaccess': `${denied}\n`,
    },
  ),
  sections(
    '.htaccess that nobody reads',
    `<Directory @ROOT@/htdocs/in>\nAllowOverride None\n</Directory>`,
    ['GET /in/b.txt'],
    {
      'htdocs/in/.htaccess': `${denied}\n`,
    },
  ),
  sections('.htaccess with an alias for a provider', '', ['GET /in/b.txt'], {
    'htdocs/in/.htaccess': '<AuthzProviderAlias ip here 127.0.0.1>\n</AuthzProviderAlias>\n',
  }),
  sections(
    '.htaccess itself',
    '',
    [
      { request: 'GET /in/.htaccess', differs: 'dot files, folders such as `.git`' },
      { request: 'GET /in/.htpasswd', differs: 'dot files, folders such as `.git`' },
      { request: 'GET /in/.HTACCESS', differs: 'dot files, folders such as `.git`' },
    ],
    {
      'htdocs/in/.htaccess': 'Require all granted\n',
      'htdocs/in/.htpasswd': 'x:y\n',
    },
  ),
];
