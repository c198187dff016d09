import type { ComparisonCase } from '../comparison-case.ts';

/** A header for each name, so that an answer shows which lines were in force. */
function seen(...names: readonly string[]): string {
  return names.map((name) => `Header set X-${name} yes`).join('\n');
}

const files = { 'htdocs/a.txt': 'a', 'htdocs/sub/b.txt': 'b', 'htdocs/sub/deep/c.txt': 'c' };

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Lines: continued, quoted, with comments and odd blanks',
    plugin: 'core',
    config: `
   # a comment \\
   that goes on
Header set X-Plain one
Header \\
  set X-Continued \\
  "two words"
\tHeader\tset\tX-Tabs\ttabs
HEADER SET X-Case case
Header set X-Quote "a \\"quoted\\" word"
Header set X-Single 'single "quotes" inside'
Header set X-Hash a#b
Header set X-Empty ""
Header set X-Blanks "  two  blanks  "
header set X-Percent 100%%`,
    files,
    requests: ['GET /a.txt', 'GET /sub/b.txt', 'GET /missing'],
  },
  {
    name: 'Define, UnDefine and variables',
    plugin: 'core',
    config: `
Define NAME value
Define FLAG
Header set X-Name "\${NAME} and \${NAME}"
Header set X-Not "\${UNKNOWN_HERE}"
Header set X-Dollar "$NAME \${}"
<IfDefine NAME>
  ${seen('Defined')}
</IfDefine>
<IfDefine !FLAG>
  ${seen('Not-Flag')}
</IfDefine>
<IfDefine FLAG>
  <IfDefine !NOTHING>
    ${seen('Nested')}
  </IfDefine>
  <IfDefine NOTHING>
    ${seen('Nothing')}
  </IfDefine>
</IfDefine>
UnDefine NAME
<IfDefine NAME>
  ${seen('Still-Defined')}
</IfDefine>
Define NAME other
Header set X-Other \${NAME}
Define COMBINED "\${NAME}/\${NAME}"
Header set X-Combined \${COMBINED}`,
    files,
    requests: ['GET /a.txt', 'GET /sub/b.txt'],
  },
  {
    name: 'IfModule, IfVersion, IfFile and what they skip',
    plugin: 'core',
    config: `
<IfModule mod_headers.c>
  ${seen('Source')}
</IfModule>
<IfModule headers_module>
  ${seen('Identifier')}
</IfModule>
<IfModule !mod_headers.c>
  Nonsense that is never read
  <Location /x>
    More nonsense
  </Location>
</IfModule>
<IfModule mod_nowhere.c>
  ${seen('Nowhere')}
</IfModule>
<IfModule !mod_nowhere.c>
  ${seen('Not-Nowhere')}
</IfModule>
<IfVersion >= 2.4>
  ${seen('From-24')}
</IfVersion>
<IfVersion < 2.4>
  ${seen('Before-24')}
</IfVersion>
<IfVersion !< 2.4>
  ${seen('Not-Before-24')}
</IfVersion>
<IfVersion ~ ^2\\.[45]>
  ${seen('Matches')}
</IfVersion>
<IfFile @ROOT@/htdocs/a.txt>
  ${seen('File')}
</IfFile>
<IfFile htdocs/a.txt>
  ${seen('Relative-File')}
</IfFile>
<IfFile !htdocs/nothing.txt>
  ${seen('No-File')}
</IfFile>
<IfFile htdocs>
  ${seen('Folder')}
</IfFile>`,
    files,
    requests: ['GET /a.txt', 'GET /x'],
  },
  {
    name: 'Macros, with parameters in names, values and sections',
    plugin: 'core',
    modules: ['macro'],
    config: `
<Macro Tag $name $value>
  Header set X-$name "$value"
</Macro>
<Macro Place $path %tag @word>
  <Location $path>
    Use Tag Place-%tag @word
    Header set X-Path "$path"
  </Location>
</Macro>
Use Tag Top "of the page"
USE tag Second again
Use Place /sub deep word
Use Place /a.txt file "two words"
Use Place /sub/deep quotes "it's here"
<Macro Raw @word>
  Header append X-Raw @word
</Macro>
Use Raw "a \\"quote\\" here"
Use Raw "back\\\\slash"
UndefMacro Tag
<Macro Tag $v>
  Header set X-Tag $v
</Macro>
Use Tag last`,
    files,
    requests: ['GET /a.txt', 'GET /sub/b.txt', 'GET /sub/deep/c.txt'],
  },
  {
    name: 'Include and IncludeOptional, by name, folder and wildcard',
    plugin: 'core',
    config: `
Include extra/one.conf
Include @ROOT@/extra/folder
Include extra/pattern/*.conf
IncludeOptional extra/none/*.conf
IncludeOptional extra/nothing.conf
<Location /sub>
  Include extra/lines.conf
</Location>
Include extra/[st]*/x.conf`,
    files: {
      ...files,
      'extra/one.conf': 'Header set X-One one\nInclude extra/two.conf\n',
      'extra/two.conf': 'Header set X-Two two\n',
      'extra/folder/b': 'Header set X-Last b\nHeader set X-B b\n',
      'extra/folder/a': 'Header set X-Last a\nHeader set X-A a\n',
      'extra/folder/deep/c': 'Header set X-C c\n',
      'extra/pattern/20-b.conf': 'Header set X-Order second\n',
      'extra/pattern/10-a.conf': 'Header set X-Order first\n',
      'extra/pattern/30-c.txt': 'Header set X-Order third\n',
      'extra/lines.conf': 'Header set X-Lines lines\n',
      'extra/s1/x.conf': 'Header set X-S s\n',
      'extra/t1/x.conf': 'Header set X-T t\n',
      'extra/u1/x.conf': 'Header set X-U u\n',
    },
    requests: ['GET /a.txt', 'GET /sub/b.txt'],
  },
  {
    name: 'A word where a number is due',
    plugin: 'core',
    config: 'LimitRequestFields many',
    files,
    requests: [{ request: 'GET /a.txt', differs: 'a word where a number is due' }],
  },
  {
    name: 'AllowOverride where it says nothing',
    plugin: 'core',
    config: '<Location />\nAllowOverride None\n</Location>',
    files: { ...files, 'htdocs/.htaccess': 'Header set X-Htaccess yes' },
    requests: ['GET /a.txt'],
  },
  ...[
    ['An unknown directive', 'Nonsense on'],
    ['An unknown section', '<Nonsense x>\n</Nonsense>'],
    ['A section that is never closed', '<Location /a>\nHeader set X-A a'],
    ['A section that was never opened', '</Location>'],
    ['Sections that cross', '<Location /a>\n<Files b>\n</Location>\n</Files>'],
    ['A section without its bracket', '<Location /a\n</Location>'],
    ['A missing Include', 'Include extra/missing.conf'],
    ['A directive without its argument', 'DocumentRoot'],
    ['A flag that is neither On nor Off', 'UseCanonicalName Perhaps'],
    ['A directive in the wrong section', '<Location /a>\nListen 8080\n</Location>'],
    ['A DocumentRoot that is a file', 'DocumentRoot @ROOT@/htdocs/a.txt'],
    ['A Require that nobody knows', '<Location />\nRequire nonsense\n</Location>'],
    ['A bad regular expression', '<LocationMatch "(">\n</LocationMatch>'],
    ['ErrorDocument without a page', 'ErrorDocument 404'],
    ['ErrorDocument for no status', 'ErrorDocument 999 /x'],
    ['A Location inside a Directory', '<Directory @ROOT@/htdocs>\n<Location /a>\n</Location>\n</Directory>'],
    ['A Directory inside a Location', '<Location />\n<Directory @ROOT@/htdocs>\n</Directory>\n</Location>'],
    ['A VirtualHost inside a VirtualHost', '<VirtualHost *>\n<VirtualHost *>\n</VirtualHost>\n</VirtualHost>'],
    ['Else without an If', '<Else>\nHeader set X-A a\n</Else>'],
    ['An If that is no expression', '<If "%{REQUEST_URI ==">\n</If>'],
    ['A Listen that is no port', 'Listen many'],
    ['AllowOverride of an unknown class', '<Directory @ROOT@>\nAllowOverride Everything\n</Directory>'],
    ['Options that mix signs', '<Directory @ROOT@>\nOptions Indexes +FollowSymLinks\n</Directory>'],
    ['An unknown option', '<Directory @ROOT@>\nOptions Everything\n</Directory>'],
    ['A loop of Includes', 'Include extra/loop.conf'],
    ['Define with too many words', 'Define A b c'],
    ['An Error line', 'Error "not on this machine"'],
  ].map(([name = '', config = '']): ComparisonCase => ({
    name: `${name} is refused at start`,
    plugin: 'core',
    config,
    files: { ...files, 'extra/loop.conf': 'Include extra/loop.conf\n' },
    refused: true,
    requests: [],
  })),
];
