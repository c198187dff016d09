import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase } from '../../testing/index.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-owner-'));
  await writeFile(join(folder, 'a.txt'), 'a');
  await writeFile(join(folder, 'groups'), 'others: ann\n');
});
afterAll(() => rm(folder, { recursive: true }));

async function authorize(require: string, user: string, name = 'a.txt'): Promise<number> {
  const r = fakeRequest({ user, filename: join(folder, name) });
  const section = { location: '/', authType: 'Basic', authName: 'x', authGroupFile: join(folder, 'groups'), require };
  return await runPhase('authorize', r, { errorLog: '/dev/null', sections: [section] });
}

describe('Require file-owner', () => {
  it('admits who has the name of the owner', async () => {
    expect(await authorize('file-owner', userInfo().username)).toBe(OK);
    expect(await authorize('file-owner', 'somebody else')).toBe(401);
  });

  it('admits nobody to a file that is not there', async () => {
    expect(await authorize('file-owner', userInfo().username, 'absent')).toBe(401);
  });
});

describe('Require file-group', () => {
  it('admits nobody who is not in the group of the file', async () => {
    expect(await authorize('file-group', 'ann')).toBe(401);
    expect(await authorize('file-group', 'ann', 'absent')).toBe(401);
  });
});
