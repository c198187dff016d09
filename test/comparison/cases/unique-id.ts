import type { ComparisonCase } from '../comparison-case.ts';

const files = { 'htdocs/a.txt': 'text\n', 'htdocs/error.txt': 'not here\n', 'htdocs/index.html': 'index\n' };

/** The comparison loads modules in Apache by itself. */
const on = '<IfDefine Sluice>\n  LoadModule unique_id_module modules/mod_unique_id.so\n</IfDefine>';
const random = [/[\w_-]{27}/];

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Every request has an id of 27 characters',
    plugin: 'unique_id',
    modules: ['unique_id'],
    random,
    config: `${on}
Header always set X-Id %{UNIQUE_ID}e
Header always set X-Form right "expr=reqenv('UNIQUE_ID') =~ /^[A-Za-z0-9_-]{27}$/"`,
    files,
    requests: ['GET /a.txt', 'HEAD /a.txt', 'GET /', 'GET /missing'],
  },
  {
    name: 'An error document keeps the id of the request',
    plugin: 'unique_id',
    modules: ['unique_id'],
    random,
    config: `${on}
ErrorDocument 404 /error.txt
Header always set X-Same yes "expr=reqenv('UNIQUE_ID') == reqenv('REDIRECT_UNIQUE_ID')"
Header always set X-Was %{REDIRECT_UNIQUE_ID}e`,
    files,
    requests: ['GET /missing', 'GET /a.txt'],
  },
  {
    name: 'The id is there for the first directives that look at variables',
    plugin: 'unique_id',
    modules: ['unique_id'],
    random,
    config: `${on}
SetEnvIf UNIQUE_ID "^[A-Za-z0-9_-]{27}$" seen=$0
Header set X-Seen %{seen}e
RequestHeader set X-Id %{UNIQUE_ID}e early
Header set X-Given expr=%{req:X-Id}`,
    files,
    requests: [
      { request: 'GET /a.txt', differs: 'when UNIQUE_ID is set' },
      { request: 'GET /a.txt', headers: { 'X-Id': 'forged' }, differs: 'when UNIQUE_ID is set' },
    ],
  },
];
