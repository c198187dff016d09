import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import { basicCredentials } from '../../phases/basic-credentials.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

/** `secret` and `pässword`, as `htpasswd -s` writes them. */
const users = 'alice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\nzoë:{SHA}I7dElEdfX4dJgLdnbVEeI9iG2mQ=\n';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-auth-basic-'));
  await writeFile(join(folder, 'htpasswd'), users);
});
afterAll(() => rm(folder, { recursive: true }));

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function site(settings: object = {}): ConfigObject {
  return {
    errorLog: '/dev/null',
    sections: [
      {
        location: '/private',
        authType: 'Basic',
        authName: 'Staff "only"',
        authUserFile: join(folder, 'htpasswd'),
        require: 'valid-user',
        contentHandler: (r: { user: string; authType: string }) => `${r.user} by ${r.authType}`,
        ...settings,
      } as never,
    ],
  };
}

const challenge = 'Basic realm="Staff \\"only\\"", charset="UTF-8"';

describe('Basic authentication', () => {
  it('challenges a client that sends no credentials', async () => {
    await request(await testApp(site()))
      .get('/private')
      .expect(401)
      .expect('WWW-Authenticate', challenge);
  });

  it('lets a user with the right password in', async () => {
    const app = await testApp(site());
    await request(app).get('/private').set('Authorization', basic('alice', 'secret')).expect(200, 'alice by Basic');
    await request(app).get('/private').set('Authorization', basic('zoë', 'pässword')).expect(200, 'zoë by Basic');
  });

  it.each([
    ['a wrong password', basic('alice', 'Secret')],
    ['an empty password', basic('alice', '')],
    ['an unknown user', basic('bob', 'secret')],
    ['a user named like a member of Object', basic('__proto__', 'secret')],
    ['another scheme', 'Bearer abc'],
    ['no base64', 'Basic ???'],
    ['no colon', `Basic ${Buffer.from('alice').toString('base64')}`],
    ['no UTF-8', `Basic ${Buffer.from('zo\xeb:p\xe4ssword', 'latin1').toString('base64')}`],
  ])('challenges again for %s', async (_case, authorization) => {
    const app = await testApp(site());
    await request(app)
      .get('/private')
      .set('Authorization', authorization)
      .expect(401)
      .expect('WWW-Authenticate', challenge);
  });

  it('logs who was refused, but never the password', async () => {
    const r = fakeRequest({ url: '/private', headers: { Authorization: basic('alice', 'not-this-one') } });
    expect(await runPhase('authenticate', r, site())).toBe(401);
    expect(r.logged).toMatchObject([{ level: 'info', message: 'user alice gave a wrong password: /private' }]);
    expect(JSON.stringify(r.logged)).not.toContain('not-this-one');
  });

  it('answers 500 where the password file is missing, and names it in the log', async () => {
    const r = fakeRequest({ url: '/private', headers: { Authorization: basic('alice', 'secret') } });
    expect(await runPhase('authenticate', r, site({ authUserFile: join(folder, 'absent') }))).toBe(500);
    expect(r.user).toBeUndefined();
    expect(r.logged[0]?.message).toContain(join(folder, 'absent'));
  });

  it.each([
    ['AuthUserFile', 'authUserFile'],
    ['AuthName', 'authName'],
  ])('answers 500 where there is no %s', async (name, key) => {
    const r = fakeRequest({ url: '/private', headers: { Authorization: basic('alice', 'secret') } });
    expect(await runPhase('authenticate', r, site({ [key]: undefined }))).toBe(500);
    expect(r.logged[0]?.message).toContain(name);
  });

  it('leaves an unknown user to others where it is not authoritative, but never a wrong password', async () => {
    const config = site({ authBasicAuthoritative: false });
    const unknown = fakeRequest({ url: '/private', headers: { Authorization: basic('bob', 'secret') } });
    expect(await runPhase('authenticate', unknown, config)).toBe(DECLINED);
    const wrong = fakeRequest({ url: '/private', headers: { Authorization: basic('alice', 'wrong') } });
    expect(await runPhase('authenticate', wrong, config)).toBe(401);
  });

  it('asks no password where AuthType None takes the outer scheme back', async () => {
    const config = site();
    const open = {
      location: '/private/open',
      authType: 'None',
      require: 'all granted',
      contentHandler: () => 'open',
    } as const;
    const app = await testApp({ ...config, sections: [...config.sections!, open] });
    await request(app).get('/private/open').expect(200, 'open');
    await request(app).get('/private/other').expect(401);
  });
});

describe("the challenge of a user's own AuthenticateHandler", () => {
  it('is added to its 401 where AuthType Basic is in force', async () => {
    const app = await testApp(site({ authenticateHandler: () => 401 }));
    await request(app).get('/private').expect(401).expect('WWW-Authenticate', challenge);
  });

  it('is kept as the handler made it', async () => {
    const authenticateHandler = (r: { errHeadersOut: Map<string, string> }): number => {
      r.errHeadersOut.set('WWW-Authenticate', 'Custom');
      return 401;
    };
    await request(await testApp(site({ authenticateHandler })))
      .get('/private')
      .expect(401)
      .expect('WWW-Authenticate', 'Custom');
  });

  it('survives an ErrorDocument that another place of the server makes', async () => {
    const config = site({ authenticateHandler: () => 401, errorDocument: [['401', '/sorry']] });
    const sorry = { location: '/sorry', contentHandler: () => 'sorry' };
    const app = await testApp({ ...config, sections: [...config.sections!, sorry] });
    await request(app).get('/private').expect(401, 'sorry').expect('WWW-Authenticate', challenge);
  });

  it('is left to it: DECLINED asks the password file', async () => {
    const app = await testApp(site({ authenticateHandler: () => DECLINED }));
    await request(app).get('/private').set('Authorization', basic('alice', 'secret')).expect(200, 'alice by Basic');
  });

  it('may go without Require, which means valid-user', async () => {
    const authenticateHandler = (r: { user: string }): number => {
      r.user = 'mia';
      return OK;
    };
    const app = await testApp(site({ require: undefined, authenticateHandler }));
    await request(app).get('/private').expect(200, 'mia by undefined');
  });
});

describe('basicCredentials', () => {
  it('decodes a password with colons in it', () => {
    const r = fakeRequest({ url: '/private', headers: { Authorization: basic('alice', 'a:b:c') } });
    expect(basicCredentials(r)).toEqual({ user: 'alice', password: 'a:b:c' });
  });

  it('takes the scheme in any letter case', () => {
    const r = fakeRequest({
      url: '/private',
      headers: { Authorization: basic('alice', 'x').replace('Basic', 'bAsIc') },
    });
    expect(basicCredentials(r)).toEqual({ user: 'alice', password: 'x' });
  });

  it('refuses control characters', () => {
    expect(
      basicCredentials(fakeRequest({ url: '/private', headers: { Authorization: basic('alice\n', 'x') } })),
    ).toBeUndefined();
  });

  it('decodes once', () => {
    const r = fakeRequest({ url: '/private', headers: { Authorization: basic('alice', 'x') } });
    expect(basicCredentials(r)).toBe(basicCredentials(r));
  });
});

describe('a config', () => {
  it.each([
    ['authType', 'Digestive', '(an AuthenticateHandler needs none), not "Digestive"; did you mean "Digest"?'],
    ['authBasicProvider', 'ldap', 'AuthBasicProvider knows file, anon, dbm, socache, not "ldap"'],
    ['authName', 'a\nb', 'AuthName is sent in a header'],
  ])('with %s %j is refused at start', async (key, value, message) => {
    await expect(testApp(site({ [key]: value }))).rejects.toThrow(message);
  });

  it('may not ask for passwords outside of sections', async () => {
    await expect(testApp({ authType: 'Basic' })).rejects.toThrow('AuthType is not allowed in the server config');
  });
});
