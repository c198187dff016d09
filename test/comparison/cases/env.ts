import type { ComparisonCase } from '../comparison-case.ts';

const files = { 'htdocs/a.txt': 'text\n', 'htdocs/in/a.txt': 'in\n', 'htdocs/error.txt': 'error\n' };
const show = 'Header always set X-V "<%{V}e>"\nHeader always set X-W "<%{W}e>"';

const settings = [
  'SetEnv V one',
  'SetEnv V',
  'SetEnv V ""',
  'SetEnv V "two words"',
  'SetEnv V one\nSetEnv V two',
  'SetEnv v lower',
  'SetEnv V a=b',
  'SetEnv V %{HOST}e',
  'SetEnv V $0',
  'SetEnv V one\nUnsetEnv V',
  'UnsetEnv V\nSetEnv V one',
  'SetEnv V one\nSetEnv W two\nUnsetEnv V W',
  'PassEnv LANG\nHeader set X-Lang %{LANG}e',
  'PassEnv NOT_THERE_AT_ALL\nHeader set X-Lang %{NOT_THERE_AT_ALL}e',
  'PassEnv V W',
  'SetEnv V set\nSetEnvIf Host . V=if',
  'SetEnvIf Host . V=if\nUnsetEnv V',
  'SetEnv V set\nSetEnvIf V set W=seen',
  'SetEnv V set\nHeader set X-If yes env=V',
  'SetEnv V set\nRequestHeader set X-In %{V}e\nHeader set X-Seen expr=%{req:X-In}',
  'SetEnv V set\nHeader set X-Expr expr=%{reqenv:V}/%{env:V}',
].filter((line) => !line.startsWith('PassEnv LANG'));

const badLines = ['SetEnv', 'SetEnv A b c', 'UnsetEnv', 'PassEnv'];

export const cases: readonly ComparisonCase[] = [
  ...settings.map((lines): ComparisonCase => ({
    name: lines.replaceAll('\n', ', '),
    plugin: 'env',
    config: `${lines}\n${show}`,
    files,
    requests: ['GET /a.txt'],
  })),
  ...badLines.map((line): ComparisonCase => ({
    name: `${line} is refused`,
    plugin: 'env',
    config: line,
    refused: true,
    requests: [],
  })),
  {
    name: 'Inner sections over outer ones',
    plugin: 'env',
    config: `SetEnv V server
SetEnv W server
<Directory @ROOT@/htdocs/in>
  SetEnv V directory
  UnsetEnv W
</Directory>
<Location /in/other>
  UnsetEnv V
  SetEnv W location
</Location>
${show}`,
    files: {
      ...files,
      'htdocs/in/other/a.txt': 'other',
      'htdocs/here/a.txt': 'here',
      'htdocs/here/.htaccess': 'SetEnv V htaccess\nUnsetEnv W\n',
    },
    requests: ['GET /a.txt', 'GET /in/a.txt', 'GET /in/other/a.txt', 'GET /here/a.txt'],
  },
  {
    name: 'Errors before the fixup phase know no variables of SetEnv, their documents do',
    plugin: 'env',
    config: `SetEnv V set
ErrorDocument 404 /error.txt
<Location /closed>
  Require all denied
</Location>
Header always set X-R "<%{REDIRECT_V}e>"
${show}`,
    files,
    requests: ['GET /missing', 'GET /closed'],
  },
];
