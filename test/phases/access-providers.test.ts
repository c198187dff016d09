import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AuthenticationProvider, AuthorizationProvider } from '../../core/access-provider.ts';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { definePlugin } from '../../core/plugin.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-providers-'));
  // Both passwords are `secret`.
  await writeFile(join(folder, 'staff'), 'alice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n');
  await writeFile(join(folder, 'guests'), 'gast:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n');
  await writeFile(join(folder, 'groups'), 'staff: alice bob\nothers: gast\n');
  await writeFile(
    join(folder, 'providers.mjs'),
    `export const people = { checkPassword: (user, password) => (password === user + user ? 'verified' : 'unknown user') };
export const odd = { usage: '', parse: () => (r) => (r.uri.length % 2 === 1 ? 'granted' : 'denied') };
export const nothing = {};`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const show = (r: RequestRecord): string => String(r.user);

function site(top: object, section: object): ConfigObject {
  const place = { location: '/', authType: 'Basic', authName: 'x', require: 'valid-user', contentHandler: show };
  return { errorLog: '/dev/null', ...top, sections: [{ ...place, ...section }] };
}

async function load(text: string): Promise<Awaited<ReturnType<typeof testApp>>> {
  const file = join(folder, 'httpd.conf');
  await writeFile(file, `ErrorLog /dev/null\n${text}`);
  return await testApp(file);
}

const providers = definePlugin({
  name: 'people',
  authenticationProviders: {
    people: {
      checkPassword: async (user, password) => (user === 'ann' && password === 'a' ? 'verified' : 'unknown user'),
    },
    broken: { checkPassword: () => Promise.reject(new Error('the directory of users is down')) },
    confused: { checkPassword: () => true as never },
  } satisfies Record<string, AuthenticationProvider>,
  authorizationProviders: {
    path: {
      usage: 'beginning …',
      parse: (words) => {
        if (words.length === 0) throw new Error('Require path needs a beginning');
        return async (r) => (words.some((word) => r.uri.startsWith(word)) ? 'granted' : 'denied');
      },
    },
    broken: {
      usage: '',
      parse: () => () => {
        throw new Error('nobody knows');
      },
    },
    confused: { usage: '', parse: () => () => true as never },
  } satisfies Record<string, AuthorizationProvider>,
});

describe("a plugin's authentication provider", () => {
  const config = site({ plugins: [providers] }, { authBasicProvider: 'people' });

  it('is named in AuthBasicProvider and asked for each password', async () => {
    const app = await testApp(config);
    await request(app).get('/').auth('ann', 'a').expect(200, 'ann');
    await request(app).get('/').auth('ann', 'b').expect(401);
  });

  it('leaves a user whom it does not know to the next one', async () => {
    const section = { authBasicProvider: ['people', 'file'], authUserFile: join(folder, 'staff') };
    const app = await testApp(site({ plugins: [providers] }, section));
    await request(app).get('/').auth('ann', 'a').expect(200, 'ann');
    await request(app).get('/').auth('alice', 'secret').expect(200, 'alice');
    await request(app).get('/').auth('eve', 'secret').expect(401);
  });

  it.each([
    ['broken', 'the directory of users is down'],
    ['confused', 'the authentication provider confused said true'],
  ])('that is %s gives a 500, and the log says why', async (name, message) => {
    const Authorization = `Basic ${Buffer.from('ann:a').toString('base64')}`;
    const r = fakeRequest({ headers: { Authorization } });
    const verdict = await runPhase(
      'authenticate',
      r,
      site({ plugins: [providers] }, { authBasicProvider: [name, 'people'] }),
    );
    expect(verdict).toBe(500);
    expect(r.logged[0]?.message).toContain(message);
  });
});

describe("a plugin's authorization provider", () => {
  it('is named in Require', async () => {
    const app = await testApp(site({ plugins: [providers] }, { require: 'path /a /b' }));
    await request(app).get('/b/c').expect(200);
    await request(app).get('/c').expect(403);
  });

  it('may be negated', async () => {
    const requireAll = {
      require: [
        ['all', 'granted'],
        ['not', 'path', '/b'],
      ],
    };
    const app = await testApp(site({ plugins: [providers] }, { require: undefined, requireAll }));
    await request(app).get('/b').expect(403);
    await request(app).get('/a').expect(200);
  });

  it.each([
    ['broken', 'nobody knows'],
    ['confused', 'the authorization provider confused said true'],
  ])('that is %s gives a 500, and the log says why', async (name, message) => {
    const r = fakeRequest();
    expect(await runPhase('access', r, site({ plugins: [providers] }, { require: name }))).toBe(500);
    expect(r.logged[0]?.message).toContain(message);
  });

  it('refuses its words at start', async () => {
    const app = testApp(site({ plugins: [providers] }, { require: 'path' }));
    await expect(app).rejects.toThrow('Require path needs a beginning');
  });

  it('must have a name of its own', async () => {
    const twin = definePlugin({
      name: 'twin',
      authorizationProviders: { path: { usage: '', parse: () => () => 'granted' } },
    });
    const app = testApp(site({ plugins: [providers, twin] }, {}));
    await expect(app).rejects.toThrow(
      'two plugins have the authorization provider path: people (given in the config) and',
    );
  });
});

describe('a provider in a file', () => {
  it('is brought by AuthnProvider and AuthzProvider', async () => {
    const app = await load(`AuthnProvider people ./providers.mjs::people
AuthzProvider odd ./providers.mjs::odd
<Location "/">
  AuthType Basic
  AuthName x
  AuthBasicProvider people
  <RequireAll>
    Require valid-user
    Require odd
  </RequireAll>
</Location>`);
    await request(app).get('/').auth('bo', 'bobo').expect(404);
    await request(app).get('/').auth('bo', 'bo').expect(401);
    await request(app).get('/a').auth('bo', 'bobo').expect(403);
  });

  it('may be given as it is in a TypeScript config', async () => {
    const people: AuthenticationProvider = {
      checkPassword: (user, password) => (password === `${user}!` ? 'verified' : 'wrong password'),
    };
    const even: AuthorizationProvider = {
      usage: '',
      parse: () => (r) => (r.uri.length % 2 === 0 ? 'granted' : 'denied'),
    };
    const top: ConfigObject = { authnProvider: ['people', people], authzProvider: ['even', even] };
    const app = await testApp(site(top, { authBasicProvider: 'people', require: 'even' }));
    await request(app).get('/a').expect(200);
    await request(app).get('/').expect(403);
    const asked = await testApp(site(top, { authBasicProvider: 'people' }));
    await request(asked).get('/').auth('ann', 'ann!').expect(200, 'ann');
  });

  it.each([
    ['AuthnProvider x ./providers.mjs::nothing', 'needs a function checkPassword or realmHash'],
    ['AuthzProvider x ./providers.mjs::nothing', 'needs a function parse'],
    ['AuthnProvider x ./absent.mjs', 'absent.mjs'],
    ['AuthnProvider x', 'takes two arguments'],
    ['AuthnProvider file ./providers.mjs::people', 'two authentication providers called file'],
  ])('%s is refused at start', async (line, message) => {
    await expect(load(line)).rejects.toThrow(message);
  });
});

describe('an alias', () => {
  it('names a provider together with settings of its own', async () => {
    const app = await load(`<AuthnProviderAlias file staff>
  AuthUserFile ${folder}/staff
</AuthnProviderAlias>
<AuthnProviderAlias file guests>
  AuthUserFile ${folder}/guests
</AuthnProviderAlias>
<AuthzProviderAlias group insiders "staff admins">
  AuthGroupFile ${folder}/groups
</AuthzProviderAlias>
<Location "/">
  AuthType Basic
  AuthName x
  AuthBasicProvider guests staff
  Require valid-user
</Location>
<Location "/in">
  Require insiders
</Location>`);
    await request(app).get('/').auth('alice', 'secret').expect(404);
    await request(app).get('/').auth('gast', 'secret').expect(404);
    await request(app).get('/').auth('gast', 'wrong').expect(401);
    await request(app).get('/in').auth('alice', 'secret').expect(404);
    await request(app).get('/in').auth('gast', 'secret').expect(401);
  });

  it('is written with its arguments in a TypeScript config', async () => {
    const authnProviderAlias = { arguments: ['file', 'staff'], authUserFile: join(folder, 'staff') } as const;
    const app = await testApp(site({ authnProviderAlias }, { authBasicProvider: 'staff' }));
    await request(app).get('/').auth('alice', 'secret').expect(200, 'alice');
  });

  it.each([
    ['<AuthnProviderAlias ldap x>\n</AuthnProviderAlias>', 'takes file, anon, dbm, socache, not "ldap"'],
    ['<AuthnProviderAlias file>\n</AuthnProviderAlias>', 'takes two arguments'],
    ['<AuthnProviderAlias file file>\n</AuthnProviderAlias>', 'two authentication providers called file'],
    [
      '<AuthnProviderAlias file a>\n</AuthnProviderAlias>\n<AuthnProviderAlias a b>\n</AuthnProviderAlias>',
      'a is an alias already',
    ],
    ['<AuthnProviderAlias file a>\nListen 80\n</AuthnProviderAlias>', 'Listen is not allowed in <AuthnProviderAlias>'],
    ['<AuthzProviderAlias ip o 10.1 10.2>\n</AuthzProviderAlias>', 'what follows o in one pair of quotes'],
    ['<AuthzProviderAlias ip>\n</AuthzProviderAlias>', 'needs a provider and the alias'],
    ['<AuthzProviderAlias ip office>\n</AuthzProviderAlias>', 'at least one address'],
    [
      '<Location />\n<AuthzProviderAlias ip o 10.1>\n</AuthzProviderAlias>\n</Location>',
      'is not allowed in <Location>',
    ],
    [
      '<AuthzProviderAlias ip o 10.1>\n</AuthzProviderAlias>\n<Location />\nRequire o 10.2\n</Location>',
      'Require o takes nothing more',
    ],
  ])('%j is refused at start', async (text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });
});
