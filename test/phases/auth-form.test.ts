import type { RequestListener } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { Seal } from '../../phases/session/seal.ts';
import { testApp } from '../../testing/index.ts';

const passphrase = 'a passphrase of the test';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-form-'));
  await writeFile(join(folder, 'users'), 'ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n');
  await writeFile(join(folder, 'keys'), `\n${passphrase}\nan older one\n`);
  await writeFile(join(folder, 'empty'), '\n');
});
afterAll(() => rm(folder, { recursive: true }));

function site(settings: object = {}, handlers: object = {}): ConfigObject {
  const shared = {
    authType: 'Form',
    authName: 'staff',
    authUserFile: join(folder, 'users'),
    session: true,
    sessionCookieName: 'session path=/',
    sessionCryptoPassphrase: [passphrase],
    ...settings,
  };
  return {
    errorLog: '/dev/null',
    sections: [
      {
        location: '/in',
        ...shared,
        require: 'valid-user',
        authFormLoginRequiredLocation: '/login?from=%{REQUEST_URI}',
        contentHandler: (r: RequestRecord) => `${r.user} by ${r.authType}`,
      },
      {
        location: '/do',
        ...shared,
        require: 'all granted',
        setHandler: 'form-login-handler',
        authFormLoginRequiredLocation: '/login',
        authFormLoginSuccessLocation: '/in',
        ...handlers,
      },
      { location: '/out', ...shared, require: 'all granted', setHandler: 'form-logout-handler' },
      {
        location: '/start',
        ...shared,
        require: 'all granted',
        setHandler: 'form-redirect-handler',
        authFormLoginRequiredLocation: '/login',
        authFormLoginSuccessLocation: '/in',
      },
    ],
  };
}

const right = { httpd_username: 'ann', httpd_password: 'secret' };
const wrong = { httpd_username: 'ann', httpd_password: 'Secret' };

function post(app: RequestListener, path: string, fields: object): request.Test {
  return request(app).post(path).type('form').send(fields);
}

function cookieOf(response: request.Response): string {
  return String(response.headers['set-cookie']);
}

/** A cookie with the content given, sealed as the server would. */
function sealed(content: object, by = passphrase): string {
  return `session=${new Seal([by]).close(JSON.stringify(content))}`;
}

const later = (): number => Date.now() + 20_000_000;

describe('a login form', () => {
  it('begins a session, which lets its user in', async () => {
    const app = await testApp(site());
    await request(app).get('/in').expect(302).expect('Location', '/login?from=/in');
    const response = await post(app, '/do', right).expect(302).expect('Location', '/in');
    expect(cookieOf(response)).toMatch(/^session=[\w-]+; Max-Age=28800; Path=\/; HttpOnly; SameSite=Lax$/);
    const Cookie = cookieOf(response).split(';')[0]!;
    expect(Cookie).not.toContain(Buffer.from('ann').toString('base64url'));
    await request(app).get('/in').set({ Cookie }).expect(200, 'ann by Form').expect('Cache-Control', 'no-store');
    await request(app).get('/in').set('Cookie', `a=b; ${Cookie}; c`).expect(200, 'ann by Form');
  });

  it.each([
    ['a wrong password', wrong],
    ['an unknown user', { ...right, httpd_username: 'eve' }],
    ['no password', { httpd_username: 'ann' }],
    ['no user', { ...right, httpd_username: '' }],
  ])('with %s leads to the login page', async (_case, fields) => {
    const response = await post(await testApp(site()), '/do', fields)
      .expect(302)
      .expect('Location', '/login');
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it('may be posted to a protected page, which is then asked for anew', async () => {
    const app = await testApp(site());
    const response = await post(app, '/in?a=b', right).expect(303).expect('Location', '/in?a=b');
    expect(cookieOf(response)).toMatch(/^session=/);
    await post(app, '/in', wrong).expect(302).expect('Location', '/login?from=/in');
  });

  it.each([
    ['/in/deep?a=b', '/in/deep?a=b'],
    ['https://evil.example/', '/in'],
    ['//evil.example/', '/in'],
    ['/\\evil.example/', '/in'],
    ['/a\r\nSet-Cookie: b', '/in'],
    ['/a\tb', '/in'],
    ['/zoë', '/in'],
    ['javascript:alert(1)', '/in'],
    ['', '/in'],
  ])('that wants to go to %j afterwards goes to %s', async (location, target) => {
    const app = await testApp(site());
    await post(app, '/do', { ...right, httpd_location: location })
      .expect(302)
      .expect('Location', target);
    await post(app, '/in', { ...right, httpd_location: location }).expect('Location', target);
  });

  it.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-origin' }, 302],
    [{ 'Sec-Fetch-Site': 'none' }, 302],
    [{ Origin: 'https://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Origin: 'http://site.example', Host: 'site.example' }, 302],
  ])('posted with %j: %d', async (headers, status) => {
    await post(await testApp(site()), '/do', right)
      .set(headers)
      .expect(status);
  });

  it('that is too large, or of unknown size, is not read', async () => {
    const app = await testApp(site({ authFormSize: 100 }));
    await post(app, '/do', { ...right, more: 'x'.repeat(100) }).expect(413);
    const chunked = request(app).post('/do').type('form').set('Transfer-Encoding', 'chunked');
    chunked.write('httpd_username=ann&httpd_password=secret');
    await chunked.expect(411);
  });

  it('is only posted, as a form', async () => {
    const app = await testApp(site());
    await request(app).get('/do').expect(405).expect('Allow', 'POST');
    await request(app).post('/do').send(right).expect(302).expect('Location', '/login');
  });
});

describe('a session', () => {
  it.each<[string, () => string]>([
    ['sealed with another passphrase', () => sealed({ user: 'ann', realm: 'staff', expires: later() }, 'another one')],
    ['that has ended', () => sealed({ user: 'ann', realm: 'staff', expires: Date.now() - 1 })],
    ['of another realm', () => sealed({ user: 'ann', realm: 'others', expires: later() })],
    [
      'that is changed',
      () =>
        sealed({ user: 'ann', realm: 'staff', expires: later() }).replace(/(?<=^session=.{30})./, (letter) =>
          letter === 'A' ? 'B' : 'A',
        ),
    ],
    ['that is not sealed', () => `session=${JSON.stringify({ user: 'ann', realm: 'staff', expires: later() })}`],
    ['without content', () => 'session='],
  ])('%s lets nobody in', async (_case, cookie) => {
    const app = await testApp(site());
    await request(app).get('/in').set('Cookie', cookie()).expect(302);
  });

  it('goes on while it is used', async () => {
    const app = await testApp(site());
    const half = sealed({ user: 'ann', realm: 'staff', expires: Date.now() + 10_000_000 });
    expect(cookieOf(await request(app).get('/in').set('Cookie', half).expect(200))).toMatch(
      /^session=[\w-]+; Max-Age=28800/,
    );
    const fresh = sealed({ user: 'ann', realm: 'staff', expires: later() });
    expect((await request(app).get('/in').set('Cookie', fresh).expect(200)).headers['set-cookie']).toBeUndefined();
  });

  it('sealed with an older passphrase of a file is still good', async () => {
    const sessionCryptoPassphraseFile = join(folder, 'keys');
    const app = await testApp(site({ sessionCryptoPassphrase: undefined, sessionCryptoPassphraseFile }));
    const old = sealed({ user: 'ann', realm: 'staff', expires: later() }, 'an older one');
    await request(app).get('/in').set('Cookie', old).expect(200);
  });

  it('ends where the client logs out', async () => {
    const response = await request(await testApp(site()))
      .get('/out')
      .expect(200);
    expect(cookieOf(response)).toBe('session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
  });

  it('decides where a start page leads to', async () => {
    const app = await testApp(site());
    await request(app).get('/start').expect('Location', '/login');
    const Cookie = sealed({ user: 'ann', realm: 'staff', expires: later() });
    await request(app).get('/start').set({ Cookie }).expect('Location', '/in');
  });
});

describe('a config', () => {
  it.each([
    [{ sessionCookieName: 'a b=c' }, 'not "b=c"'],
    [{ sessionCookieName: 'a samesite=none' }, 'not "samesite=none"'],
    [{ sessionCookieName: 'a path=x' }, 'not "path=x"'],
    [{ sessionCookieName: ['a;b'] }, `SessionCookieName can't be "a;b"`],
    [{ sessionMaxAge: 0 }, 'a number of seconds above 0, not "0"'],
    [{ authFormSize: 'big' as never }, 'a number of bytes, not "big"'],
    [{ authFormProvider: 'nobody' }, 'AuthFormProvider knows'],
  ])('with %j is refused at start', async (settings, message) => {
    await expect(testApp(site(settings))).rejects.toThrow(message);
  });

  it('with a file without passphrases is refused at start', async () => {
    const settings = { sessionCryptoPassphrase: undefined, sessionCryptoPassphraseFile: join(folder, 'empty') };
    await expect(testApp(site(settings))).rejects.toThrow('has no passphrase');
  });

  it.each(['session', 'sessionCookieName', 'sessionCryptoPassphrase', 'authName'])(
    'without %s answers 500',
    async (key) => {
      const app = await testApp(site({ [key]: undefined }));
      await request(app).get('/in').expect(500);
      await post(app, '/do', right).expect(500);
    },
  );
});
