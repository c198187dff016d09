import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { testApp } from '../../testing/index.ts';

const secret = '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=';
let folder: string;

async function write(name: string, entries: Readonly<Record<string, string>>): Promise<void> {
  const database = open<string, string>({ path: join(folder, name), noSubdir: true, encoding: 'string' });
  for (const [key, value] of Object.entries(entries)) await database.put(key, value);
  await database.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-dbm-'));
  await write('users', { ann: secret, bob: `${secret}:guests`, eve: 'plain text' });
  await write('groups', { ann: 'staff,others', bob: 'guests' });
});
afterAll(() => rm(folder, { recursive: true }));

function site(settings: object = {}): ConfigObject {
  const place = {
    location: '/',
    authType: 'Basic',
    authName: 'x',
    authBasicProvider: 'dbm',
    authDBMUserFile: join(folder, 'users'),
    require: 'valid-user',
    contentHandler: () => 'in',
  };
  return { errorLog: '/dev/null', sections: [{ ...place, ...settings }] };
}

describe('the provider dbm', () => {
  it.each([
    ['the right password', 'ann', 'secret', 200],
    ['the right password of an entry with groups', 'bob', 'secret', 200],
    ['a wrong password', 'ann', 'Secret', 401],
    ['an unknown user', 'zoe', 'secret', 401],
    ['no user', '', 'secret', 401],
    ['a user longer than any key', 'x'.repeat(3000), 'secret', 401],
    ['an entry that is no hash', 'eve', 'plain text', 500],
  ])('%s', async (_case, user, password, status) => {
    const app = await testApp(site());
    await request(app).get('/').auth(user, password).expect(status);
    await request(app).get('/').auth(user, password).expect(status);
  });

  it('asks for its file', async () => {
    const app = await testApp(site({ authDBMUserFile: undefined }));
    await request(app).get('/').auth('ann', 'secret').expect(500);
  });
});

describe('Require dbm-group', () => {
  it.each([
    ['a file of groups', 'groups', 'staff', 'ann', 200],
    ['another group', 'groups', 'staff', 'bob', 401],
    ['groups in the file of users', 'users', 'guests', 'bob', 200],
  ])('%s', async (_case, file, group, user, status) => {
    const app = await testApp(site({ authDBMGroupFile: join(folder, file), require: `dbm-group ${group}` }));
    await request(app).get('/').auth(user, 'secret').expect(status);
  });

  it('asks for its file', async () => {
    const app = await testApp(site({ require: 'dbm-group staff' }));
    await request(app).get('/').auth('ann', 'secret').expect(500);
  });
});

describe('a config', () => {
  it('is refused where the file is not there', async () => {
    await expect(testApp(site({ authDBMUserFile: './absent' }))).rejects.toThrow('expected a file of lmdb at');
  });
});
