import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OK } from '../../core/verdict.ts';
import { GroupFile } from '../../phases/authz/group-file.ts';
import { fakeRequest, runPhase } from '../../testing/index.ts';

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-groups-'));
  path = join(folder, 'groups');
  await writeFile(path, '# staff: eve\nstaff: ann  bob\n  others :\tann\nempty:\nno colon\nstaff: zoë __proto__\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('a file of groups', () => {
  it.each([
    ['ann', ['staff', 'others']],
    ['bob', ['staff']],
    ['zoë', ['staff']],
    ['__proto__', ['staff']],
    ['eve', []],
    ['constructor', []],
  ])('%s is in %j', (user, groups) => {
    expect([...new GroupFile(path).groupsOf(user)]).toEqual(groups);
  });

  it('is read again when it has changed', async () => {
    const changing = join(folder, 'changing');
    await writeFile(changing, 'a: ann\n');
    const file = new GroupFile(changing);
    expect([...file.groupsOf('ann')]).toEqual(['a']);
    await writeFile(changing, 'longer: ann\n');
    expect([...file.groupsOf('ann')]).toEqual(['longer']);
  });
});

describe('Require group', () => {
  const authorize = (settings: object, user: string): Promise<number> =>
    runPhase('authorize', fakeRequest({ user }), {
      errorLog: '/dev/null',
      sections: [{ location: '/', authType: 'Basic', authName: 'x', require: 'group staff', ...settings }],
    });

  it('admits who is in the group', async () => {
    expect(await authorize({ authGroupFile: path }, 'bob')).toBe(OK);
    expect(await authorize({ authGroupFile: path }, 'eve')).toBe(401);
  });

  it('answers 500 without a file, and for one that is not there', async () => {
    expect(await authorize({}, 'bob')).toBe(500);
    expect(await authorize({ authGroupFile: join(folder, 'absent') }, 'bob')).toBe(500);
  });
});
