import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { testApp } from '../../testing/index.ts';

let folder: string;

function hash(text: string, algorithm = 'MD5'): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-digest-'));
  const entries = ['MD5', 'SHA-256'].map((algorithm) => `ann:staff:${hash('ann:staff:secret', algorithm)}\n`);
  await writeFile(join(folder, 'users'), `# people\n${entries.join('')}bob:others:${hash('bob:others:secret')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

function site(settings: object = {}): ConfigObject {
  const place = {
    location: '/in',
    authType: 'Digest',
    authName: 'staff',
    authUserFile: join(folder, 'users'),
    require: 'valid-user',
    contentHandler: (r: RequestRecord) => `${r.user} by ${r.authType}`,
  };
  const contentHandler = async (r: RequestRecord): Promise<typeof OK> => {
    await r.internalRedirect('/in');
    return OK;
  };
  return {
    errorLog: '/dev/null',
    sections: [
      { ...place, ...settings },
      { location: '/go', contentHandler },
    ],
  };
}

function challengesOf(response: Response): string[] {
  return response.headers['www-authenticate']?.split(/, (?=Digest)/) ?? [];
}

function nonceOf(response: Response): string {
  return /nonce="([^"]*)"/.exec(response.headers['www-authenticate'] ?? '')?.[1] ?? '';
}

async function fetchNonce(app: RequestListener): Promise<string> {
  return nonceOf(await request(app).get('/in').expect(401));
}

interface Said {
  readonly nonce: string;
  readonly user?: string;
  readonly password?: string;
  readonly uri?: string;
  readonly nc?: string;
  readonly algorithm?: string;
  readonly method?: string;
}

function answerTo({
  nonce,
  user = 'ann',
  password = 'secret',
  uri = '/in',
  nc = '00000001',
  algorithm = 'MD5',
  method = 'GET',
}: Said): string {
  const secret = hash(`${user}:staff:${password}`, algorithm);
  const response = hash(`${secret}:${nonce}:${nc}:c:auth:${hash(`${method}:${uri}`, algorithm)}`, algorithm);
  return `Digest username="${user}", realm="staff", nonce="${nonce}", uri="${uri}", algorithm=${algorithm}, response="${response}", qop=auth, nc=${nc}, cnonce="c"`;
}

describe('Digest authentication', () => {
  it('challenges with a nonce of its own each time', async () => {
    const app = await testApp(site({ authDigestDomain: ['/in', '/also'] }));
    const first = await request(app).get('/in').expect(401);
    expect(challengesOf(first)).toEqual([
      `Digest realm="staff", nonce="${nonceOf(first)}", algorithm=MD5, domain="/in /also", qop="auth", charset=UTF-8`,
    ]);
    expect(await fetchNonce(app)).not.toBe(nonceOf(first));
  });

  it('challenges for each algorithm, the preferred one first', async () => {
    const app = await testApp(site({ authDigestAlgorithm: ['SHA-256', 'MD5'] }));
    const challenges = challengesOf(await request(app).get('/in').expect(401));
    expect(challenges.map((text) => /algorithm=([^,]*)/.exec(text)?.[1])).toEqual(['SHA-256', 'MD5']);
  });

  it.each(['MD5', 'SHA-256'])(
    'lets a user in by %s, and proves that the server knows the password',
    async (algorithm) => {
      const app = await testApp(site({ authDigestAlgorithm: algorithm }));
      const nonce = await fetchNonce(app);
      const response = await request(app).get('/in').set('Authorization', answerTo({ nonce, algorithm }));
      expect(response.text).toBe('ann by Digest');
      const proof = hash(
        `${hash('ann:staff:secret', algorithm)}:${nonce}:00000001:c:auth:${hash(':/in', algorithm)}`,
        algorithm,
      );
      expect(response.headers['authentication-info']).toBe(`rspauth="${proof}", cnonce="c", nc=00000001, qop=auth`);
    },
  );

  it.each<[string, Partial<Said>, number]>([
    ['a wrong password', { password: 'Secret' }, 401],
    ['an unknown user', { user: 'eve' }, 401],
    ['a user of another realm', { user: 'bob' }, 401],
    ['an algorithm that was not asked for', { algorithm: 'SHA-256' }, 401],
    ['another method', { method: 'POST' }, 401],
    ['another URL', { uri: '/out' }, 400],
    ['the absolute form', { uri: 'http://127.0.0.1/in' }, 200],
  ])('%s', async (_case, said, status) => {
    const app = await testApp(site());
    const nonce = await fetchNonce(app);
    const response = await request(app)
      .get('/in')
      .set('Authorization', answerTo({ nonce, ...said }));
    expect(response.status).toBe(status);
    expect(response.headers['www-authenticate'] ?? '').not.toContain('stale');
  });

  it('takes the URL with its query', async () => {
    const app = await testApp(site());
    const nonce = await fetchNonce(app);
    const Authorization = answerTo({ nonce, uri: '/in?a=b' });
    await request(app).get('/in?a=b').set({ Authorization }).expect(200);
    await request(app).get('/in?a=c').set({ Authorization }).expect(400);
  });

  it('refuses what was sent before, but lets the client try again by itself', async () => {
    const app = await testApp(site());
    const nonce = await fetchNonce(app);
    const send = (nc: string): request.Test => request(app).get('/in').set('Authorization', answerTo({ nonce, nc }));
    await send('00000002').expect(200);
    await send('00000001').expect(200);
    const again = await send('00000002').expect(401);
    expect(again.headers['www-authenticate']).toContain(', stale=true,');
  });

  it('says stale for a nonce that it does not know, such as that of another process', async () => {
    const app = await testApp(site());
    const response = await request(app)
      .get('/in')
      .set('Authorization', answerTo({ nonce: 'abc' }))
      .expect(401);
    expect(response.headers['www-authenticate']).toContain(', stale=true,');
  });

  it('gives nonces for one request where they live no longer', async () => {
    const app = await testApp(site({ authDigestNonceLifetime: 0 }));
    const nonce = await fetchNonce(app);
    const first = await request(app).get('/in').set('Authorization', answerTo({ nonce })).expect(200);
    expect(first.headers['authentication-info']).toContain('nextnonce="');
    await request(app)
      .get('/in')
      .set('Authorization', answerTo({ nonce, nc: '00000002' }))
      .expect(401);
  });

  it('counts a redirect inside the server as the same request', async () => {
    const app = await testApp(site());
    const nonce = await fetchNonce(app);
    const Authorization = answerTo({ nonce, uri: '/go' });
    await request(app).get('/go').set({ Authorization }).expect(200, 'ann by Digest');
    await request(app).get('/go').set({ Authorization }).expect(401);
  });

  it('answers 500 without a realm or a file', async () => {
    await request(await testApp(site({ authName: undefined })))
      .get('/in')
      .expect(500);
    const app = await testApp(site({ authUserFile: undefined }));
    await request(app)
      .get('/in')
      .set('Authorization', answerTo({ nonce: 'x' }))
      .expect(500);
  });
});

describe('a config', () => {
  it.each([
    ['authDigestAlgorithm', 'MD5-sess', 'AuthDigestAlgorithm is MD5 or SHA-256, not "MD5-sess"'],
    ['authDigestProvider', 'anon', 'AuthDigestProvider knows file, not "anon"'],
    ['authDigestDomain', 'in', 'begin with a slash, not "in"'],
    ['authDigestNonceLifetime', 'long', 'a number of seconds, not "long"'],
    ['authDigestQop', 'auth-int', 'AuthDigestQop is auth, not "auth-int"'],
  ])('with %s %j is refused at start', async (key, value, message) => {
    await expect(testApp(site({ [key]: value }))).rejects.toThrow(message);
  });
});
