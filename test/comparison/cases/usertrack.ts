import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';

const files = { 'htdocs/a.txt': 'text\n', 'htdocs/error.txt': 'not here\n' };
const modules = ['usertrack'];
/** The visitor's id, and the date of the end. */
const random = [/[0-9a-f]{1,16}\.[0-9a-f]{10,}/, /(?<=expires=)[^;]+/];

/** The lines of a config each; Apache keeps some of these settings per server, so that one server can't have two. */
const settings: readonly (readonly string[])[] = [
  [],
  ['CookieName visitor'],
  ['CookieStyle Netscape', 'CookieExpires "1 week"'],
  ['CookieStyle Cookie', 'CookieExpires 86400'],
  ['CookieStyle Cookie', 'CookieExpires "1 year 2 months 3 weeks 4 days 5 hours 6 minutes 7 seconds"'],
  ['CookieStyle rfc2109', 'CookieExpires "plus 2 days"'],
  ['CookieStyle Cookie2', 'CookieExpires 5', 'CookieDomain .example.org'],
  ['CookieStyle RFC2965'],
  ['CookieStyle Cookie2', 'CookieDomain .example.org'],
  ['CookieStyle Cookie2', 'CookieExpires 10'],
  ['CookieDomain .sub.example.org'],
  ['CookieSameSite Strict'],
  ['CookieSameSite lax', 'CookieHTTPOnly On'],
  ['CookieSameSite NONE', 'CookieSecure On', 'CookieDomain .a.b', 'CookieExpires 1', 'CookieHTTPOnly On'],
  ['CookieHTTPOnly Off', 'CookieSecure Off'],
  ['CookieTracking Off'],
];

const badLines = [
  'CookieTracking Perhaps',
  'CookieDomain example.org',
  'CookieDomain .org',
  'CookieDomain ""',
  'CookieExpires soon',
  'CookieExpires -5',
  'CookieExpires "1 fortnight"',
  'CookieExpires 2 weeks',
  'CookieStyle Biscuit',
  'CookieSameSite Sometimes',
  'CookieHTTPOnly',
  'CookieName',
  'CookieName a b',
];

const known: readonly ComparisonRequest[] = [
  'Apache=me',
  'a=b; Apache=me',
  'Apache=me; a=b',
  'a=b,Apache=me,c=d',
  'Apache=',
  'apache=me',
  'NotApache=me',
  'Apache = me',
  'nonsense',
].map((cookie) => ({ request: 'GET /a.txt', headers: { Cookie: cookie } }));

export const cases: readonly ComparisonCase[] = [
  ...settings.map((lines): ComparisonCase => ({
    name: `A visitor's cookie with ${lines.join(', ') || 'nothing else'}`,
    plugin: 'usertrack',
    modules,
    random,
    config: ['CookieTracking On', ...lines].join('\n'),
    files,
    requests: ['GET /a.txt', 'GET /missing'],
  })),
  {
    name: 'A visitor who has the cookie gets no other one',
    plugin: 'usertrack',
    modules,
    random,
    config: 'CookieTracking On\nHeader set X-Visitor expr=%{note:cookie}',
    files,
    requests: known,
  },
  {
    name: 'An error document counts the visitor once',
    plugin: 'usertrack',
    modules,
    random,
    config: 'CookieTracking On\nErrorDocument 404 /error.txt',
    files,
    requests: [{ request: 'GET /missing', differs: 'CookieTracking and an error document' }],
  },
  {
    name: 'Tracking in one folder only, by .htaccess too',
    plugin: 'usertrack',
    modules,
    random,
    config: '<Location /in>\n  CookieTracking On\n</Location>',
    files: {
      ...files,
      'htdocs/in/a.txt': 'in',
      'htdocs/here/a.txt': 'here',
      'htdocs/here/.htaccess': 'CookieTracking On\nCookieName here\n',
    },
    requests: ['GET /a.txt', 'GET /in/a.txt', 'GET /here/a.txt'],
  },
  ...badLines.map((line): ComparisonCase => ({
    name: `${line} is refused`,
    plugin: 'usertrack',
    modules,
    config: line,
    refused: true,
    requests: [],
  })),
];
