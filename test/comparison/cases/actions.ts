import type { ComparisonCase } from '../comparison-case.ts';

const modules = ['actions', 'asis'];

const files = {
  'htdocs/page.own': 'own',
  'htdocs/page.typed': 'typed',
  'htdocs/plain.txt': 'plain',
  'htdocs/name with space.own': 'space',
  'htdocs/handler.asis': 'Content-Type: text/x-made\n\nmade by the handler\n',
  'htdocs/static.html': 'static',
  'htdocs/put.asis': 'Status: 201 Created\nContent-Type: text/plain\n\nput\n',
  'htdocs/dir/index.own': 'index',
  'htdocs/ht/.htaccess': 'Action own-handler /static.html\nAddHandler own-handler own',
  'htdocs/ht/x.own': 'x',
};

const common = `
AcceptPathInfo On
<Location /handler.asis>
  SetHandler send-as-is
</Location>
`;

export const cases: readonly ComparisonCase[] = [
  {
    name: 'Action gives files of a handler to another path',
    plugin: 'actions',
    modules,
    config: `${common}
AddHandler own-handler own
Action own-handler /handler.asis`,
    files,
    requests: [
      'GET /page.own',
      { request: 'HEAD /page.own', differs: 'HEAD of a file for send-as-is' },
      'GET /page.own?x=1',
      'GET /page.own/more',
      'GET /name%20with%20space.own',
      'GET /none.own',
      'GET /plain.txt',
      'GET /dir/../page.own',
      'GET /dir/%2e%2e/page.own',
      'GET /..%2fpage.own',
      'GET /page.own%00',
    ],
  },
  {
    name: 'Action goes by the content type, too',
    plugin: 'actions',
    modules,
    config: `${common}
AddType application/x-typed typed
AddCharset utf-8 typed
Action application/x-typed /handler.asis
Action text/plain /static.html`,
    files,
    requests: ['GET /page.typed', 'GET /plain.txt', 'GET /none.txt', 'GET /static.html', 'GET /page.own'],
  },
  {
    name: 'Action virtual needs no file',
    plugin: 'actions',
    modules,
    config: `${common}
Action virtual-handler /handler.asis virtual
Action real-handler /handler.asis
<Location /virtual>
  SetHandler virtual-handler
</Location>
<Location /real>
  SetHandler real-handler
</Location>`,
    files,
    requests: [
      'GET /virtual',
      'GET /virtual/a/b?c',
      { request: 'POST /virtual', differs: 'POST to a file' },
      'GET /real',
      'GET /real/a',
    ],
  },
  {
    name: 'Action in a section and in .htaccess',
    plugin: 'actions',
    modules,
    config: `${common}
Action own-handler /handler.asis
<Directory "@ROOT@/htdocs">
  AddHandler own-handler own
</Directory>
<Directory "@ROOT@/htdocs/dir">
  Action OWN-handler /static.html
  DirectoryIndex index.own
</Directory>`,
    files,
    requests: ['GET /page.own', 'GET /dir/index.own', 'GET /dir/', 'GET /ht/x.own'],
  },
  {
    name: 'Action to itself, and to what is not there',
    plugin: 'actions',
    modules,
    config: `
AcceptPathInfo On
AddHandler loop own
AddHandler lost typed
Action loop /page.own
Action lost /nowhere`,
    files,
    requests: ['GET /page.own', 'GET /page.typed'],
  },
  {
    name: 'Script goes by the method, GET with a query only',
    plugin: 'actions',
    modules,
    config: `${common}
<Location /put.asis>
  SetHandler send-as-is
</Location>
Script GET /handler.asis`,
    files,
    requests: [
      'GET /plain.txt',
      'GET /plain.txt?q',
      { request: 'HEAD /plain.txt?q', differs: 'HEAD of a file for send-as-is' },
      'GET /none?q',
      'GET /static.html?',
      'GET /handler.asis?x',
    ],
  },
  {
    name: 'Action comes before Script',
    plugin: 'actions',
    modules,
    config: `${common}
Script GET /static.html
AddHandler own-handler own
Action own-handler /handler.asis`,
    files,
    requests: ['GET /page.own?q', 'GET /plain.txt?q'],
  },
  ...['Action a', 'Action a /b foo', 'Script TRACE /x', 'Script GET'].map((config): ComparisonCase => ({
    name: `${config} is an error`,
    plugin: 'actions',
    modules,
    config,
    refused: true,
    requests: [],
  })),
];
