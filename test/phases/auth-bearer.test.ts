import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { bearerClaims } from '../../phases/index.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

const secret = 'a secret of at least thirty-two bytes, shared with the issuer';
let folder: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let keySet: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-bearer-'));
  keys = await generateKeyPair('ES256');
  keySet = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] });
  await writeFile(join(folder, 'keys.json'), keySet);
  await writeFile(join(folder, 'secret'), `${secret}\n`);
  await writeFile(join(folder, 'short'), 'too short');
  await writeFile(join(folder, 'nonsense.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

function site(settings: object = {}): ConfigObject {
  const place = {
    location: '/',
    authType: 'Bearer',
    authName: 'api',
    authBearerKeySet: join(folder, 'keys.json'),
    authBearerIssuer: 'https://issuer.example',
    authBearerAudience: ['api', 'other'],
    require: 'valid-user',
    contentHandler: (r: RequestRecord) =>
      `${r.user} by ${r.authType}, ${r.env.get('MAIL')}, ${String(bearerClaims(r)?.['n'])}`,
  };
  return { errorLog: '/dev/null', sections: [{ ...place, ...settings }] };
}

const good = {
  sub: 'ann',
  iss: 'https://issuer.example',
  aud: 'api',
  mail: 'ann@example.org',
  n: 7,
  scope: 'read list',
};

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function token(changes: object = {}, key = keys.privateKey): Promise<string> {
  const claims = { exp: inSeconds(60), ...good, ...changes };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);
}

function sharedToken(alg: string, changes: object = {}): Promise<string> {
  const claims = { exp: inSeconds(60), ...good, ...changes };
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(Buffer.from(secret));
}

async function authenticate(authorization: string | undefined, settings: object = {}): Promise<number> {
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  return await runPhase('authenticate', fakeRequest({ headers }), site(settings));
}

describe('a bearer token', () => {
  it('tells who the user is, and its claims are there for handlers and the environment', async () => {
    const app = await testApp(site({ authBearerEnv: ['MAIL', 'mail'] }));
    await request(app)
      .get('/')
      .set('Authorization', `Bearer ${await token()}`)
      .expect(200, 'ann by Bearer, ann@example.org, 7');
  });

  it('is asked for where there is none', async () => {
    const app = await testApp(site());
    await request(app).get('/').expect(401).expect('WWW-Authenticate', 'Bearer realm="api"');
    await request(app).get('/').auth('a', 'b').expect(401).expect('WWW-Authenticate', 'Bearer realm="api"');
  });

  it.each<[string, () => Promise<string> | string]>([
    ['expired', () => token({ exp: inSeconds(-1) })],
    ['without an end', () => token({ exp: undefined })],
    ['not valid yet', () => token({ nbf: inSeconds(60) })],
    ['of another issuer', () => token({ iss: 'https://other.example' })],
    ['without an issuer', () => token({ iss: undefined })],
    ['for another audience', () => token({ aud: 'elsewhere' })],
    ['without a user', () => token({ sub: undefined })],
    ['with an empty user', () => token({ sub: '' })],
    ['signed by somebody else', async () => token({}, (await generateKeyPair('ES256')).privateKey)],
    [
      'changed',
      async () => (await token()).replace(/\.[^.]*\./, `.${Buffer.from('{"sub":"eve"}').toString('base64url')}.`),
    ],
    ['not signed', () => new UnsecuredJWT({ exp: inSeconds(60), ...good }).encode()],
    ['signed with the public key as a secret', () => sharedToken('HS256')],
    ['no token', () => 'abc'],
    ['nothing', () => ''],
    ['two words', () => 'abc def'],
  ])('that is %s is refused', async (_case, make) => {
    const app = await testApp(site());
    await request(app)
      .get('/')
      .set('Authorization', `Bearer ${await make()}`)
      .expect(401)
      .expect('WWW-Authenticate', 'Bearer realm="api", error="invalid_token"');
  });

  it('may be a little late where clocks may differ', async () => {
    const late = `Bearer ${await token({ exp: inSeconds(-20) })}`;
    expect(await authenticate(late, { authBearerClockTolerance: 60 })).not.toBe(401);
    expect(await authenticate(late)).toBe(401);
  });

  it('has its user under another claim where that is wanted', async () => {
    const app = await testApp(site({ authBearerUserClaim: 'mail', authName: undefined }));
    await request(app)
      .get('/')
      .set('Authorization', `bearer ${await token()}`)
      .expect(200, /^ann@example\.org by/);
    await request(app).get('/').expect('WWW-Authenticate', 'Bearer');
  });

  it('does not bring line breaks into the environment', async () => {
    const app = await testApp(site({ authBearerEnv: ['MAIL', 'mail'] }));
    const Authorization = `Bearer ${await token({ mail: 'a\r\nSet-Cookie: b' })}`;
    await request(app)
      .get('/')
      .set({ Authorization })
      .expect(200, /, undefined,/);
  });
});

describe('a shared secret', () => {
  it.each([
    ['HS256', {}, 200],
    ['HS512', {}, 200],
    ['HS512', { authBearerAlgorithm: 'HS256' }, 401],
  ])('%s with %j: %d', async (alg, settings, status) => {
    const app = await testApp(
      site({ authBearerKeySet: undefined, authBearerSecretFile: join(folder, 'secret'), ...settings }),
    );
    await request(app)
      .get('/')
      .set('Authorization', `Bearer ${await sharedToken(alg)}`)
      .expect(status);
  });
});

describe('keys at a URL', () => {
  it('are fetched, and what goes wrong there is no fault of the token', async () => {
    let status = 500;
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(keySet);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
      const app = await testApp(site({ authBearerKeySet: url }));
      const send = async (): Promise<number> =>
        (
          await request(app)
            .get('/')
            .set('Authorization', `Bearer ${await token()}`)
        ).status;
      expect(await send()).toBe(500);
      status = 200;
      expect(await send()).toBe(200);
    } finally {
      server.close();
    }
  });
});

describe('Require claim', () => {
  it.each([
    ['scope list', 200],
    ['scope write admin read', 200],
    ['n 7', 200],
    ['scope write', 403],
    ['scope lis', 403],
    ['absent x', 403],
  ])('%s: %d', async (words, status) => {
    const app = await testApp(site({ require: `claim ${words}` }));
    const response = await request(app)
      .get('/')
      .set('Authorization', `Bearer ${await token()}`);
    expect(response.status).toBe(status);
    const challenge = status === 403 ? 'Bearer realm="api", error="insufficient_scope"' : undefined;
    expect(response.headers['www-authenticate']).toBe(challenge);
    await request(app).get('/').expect(401);
  });
});

describe('a config', () => {
  it.each<[object, string]>([
    [{ authBearerKeySet: './absent.json' }, 'expected a readable file'],
    [{ authBearerKeySet: 'http://issuer.example/keys' }, 'takes a file or an https URL'],
    [{ authBearerKeySet: 'ftp://issuer.example/keys' }, 'takes a file or an https URL'],
    [{ authBearerAlgorithm: 'none' }, 'not "none"'],
    [{ authBearerClockTolerance: 'some' as never }, 'a number of seconds'],
    [{ require: 'claim scope' }, 'needs the name of a claim and at least one word'],
  ])('with %j is refused at start', async (settings, message) => {
    await expect(testApp(site(settings))).rejects.toThrow(message);
  });

  it('with a secret that is too short, or a file that is no key set, is refused at start', async () => {
    const short = testApp(site({ authBearerKeySet: undefined, authBearerSecretFile: join(folder, 'short') }));
    await expect(short).rejects.toThrow('a secret of 32 bytes at least is needed, not of 9');
    await expect(testApp(site({ authBearerKeySet: join(folder, 'nonsense.json') }))).rejects.toThrow('nonsense.json');
  });

  it('without keys answers 500', async () => {
    expect(await authenticate(`Bearer ${await token()}`, { authBearerKeySet: undefined })).toBe(500);
  });
});
