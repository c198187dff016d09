import type { ComparisonCase, ComparisonRequest } from '../comparison-case.ts';
import { passwords } from '../credentials.ts';

const session = `
Session On
SessionCookieName session path=/
SessionCryptoPassphrase "a passphrase of the test"`;

const form = `
AuthType Form
AuthName staff
AuthFormProvider file
AuthUserFile @ROOT@/users
${session}`;

function login(name: string, config: string, requests: ComparisonCase['requests']): ComparisonCase {
  return {
    name,
    plugin: 'auth_form',
    modules: ['request', 'session', 'session_cookie', 'session_crypto', 'auth_form'],
    // The cookie of each server is its own business, and what caches are told about it.
    random: [/^session=.*$/],
    files: { users: passwords, 'htdocs/a.txt': 'a', 'htdocs/login.txt': 'log in', 'htdocs/do': '', 'htdocs/out': '' },
    config,
    requests,
  };
}

function refused(line: string): ComparisonCase {
  return { ...login(`Refused at start: ${line}`, `<Location /a.txt>\n${line}\n</Location>`, []), refused: true };
}

function posting(path: string, fields: Readonly<Record<string, string>>, headers = {}): ComparisonRequest {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded', ...headers };
  return { request: `POST ${path}`, headers: type, body: new URLSearchParams(fields).toString() };
}

const right = { httpd_username: 'alice', httpd_password: 'secret' };
const wrong = { httpd_username: 'alice', httpd_password: 'wrong' };

export const cases: readonly ComparisonCase[] = [
  login('A page that needs a login', `<Location /a.txt>${form}\nRequire valid-user\n</Location>`, [
    'GET /a.txt',
    'HEAD /a.txt',
    { request: 'GET /a.txt', headers: { Cookie: 'session=nonsense' } },
    { request: 'GET /a.txt', headers: { Cookie: 'session=' } },
    { request: 'GET /a.txt', headers: { Authorization: 'Basic YWxpY2U6c2VjcmV0' } },
    posting('/a.txt', wrong),
  ]),
  login(
    'A login page that strangers are sent to',
    `<Location /a.txt>${form}\nRequire valid-user\nAuthFormLoginRequiredLocation http://localhost/login.txt?to=%{REQUEST_URI}\n</Location>`,
    ['GET /a.txt', 'GET /login.txt', posting('/a.txt', wrong), posting('/a.txt', {})],
  ),
  login(
    'A page that the form is posted to',
    `<Location /do>${form}
SetHandler form-login-handler
AuthFormLoginRequiredLocation http://localhost/login.txt
AuthFormLoginSuccessLocation http://localhost/a.txt
</Location>`,
    [
      { request: 'GET /do', differs: 'Allow under AllowMethods, and of form-login-handler' },
      posting('/do', right),
      posting('/do', wrong),
      posting('/do', { httpd_username: 'nobody', httpd_password: 'secret' }),
      posting('/do', { httpd_username: 'alice' }),
      posting('/do', {}),
    ],
  ),
  login('A form without pages around it', `<Location /do>${form}\nSetHandler form-login-handler\n</Location>`, [
    posting('/do', wrong),
  ]),
  login(
    'Other names of the fields',
    `<Location /do>${form}
SetHandler form-login-handler
AuthFormUsername name
AuthFormPassword word
AuthFormLoginSuccessLocation http://localhost/a.txt
</Location>`,
    [posting('/do', { name: 'alice', word: 'secret' }), posting('/do', right)],
  ),
  login(
    'A page to go to afterwards',
    `<Location /do>${form}\nSetHandler form-login-handler\nAuthFormLoginSuccessLocation http://localhost/a.txt\n</Location>`,
    [
      posting('/do', { ...right, httpd_location: '/login.txt' }),
      {
        ...posting('/do', { ...right, httpd_location: 'http://evil.example/' }),
        differs: 'the page to go to after a login',
      },
    ],
  ),
  login(
    'Out again',
    `<Location /out>${session}\nSetHandler form-logout-handler\nAuthFormLogoutLocation http://localhost/a.txt\n</Location>`,
    [
      { request: 'GET /out', differs: 'AuthFormLogoutLocation' },
      { request: 'POST /out', differs: 'AuthFormLogoutLocation' },
    ],
  ),
  refused('AuthFormProvider nobody'),
  refused('AuthFormProvider'),
  refused('AuthFormSize'),
  refused('AuthFormUsername'),
  refused('AuthFormAuthoritative Maybe'),
  refused('AuthFormLoginRequiredLocation'),
  refused('AuthFormLoginSuccessLocation'),
  refused('AuthFormLogoutLocation'),
  refused('Session Maybe'),
  refused('SessionCryptoPassphrase'),
  refused('SessionCookieName'),
];
