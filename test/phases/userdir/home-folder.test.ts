import { writeFileSync, utimesSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { HomeFolders, readHomeFolders } from '../../../phases/userdir/home-folder.ts';
import { compileUserFolder } from '../../../phases/userdir/user-folder.ts';
import { makeSite } from '../../make-site.ts';

const site = makeSite({ passwd: 'ann:x:1000:1000:Ann:/home/ann:/bin/sh\n' });

describe('home folders', () => {
  it('are found by exact name, the first line of a name counts', () => {
    const folders = readHomeFolders(
      'a:x:1:1::/home/a:/bin/sh\na:x:2:2::/other:/bin/sh\n\nbad\n__proto__:x:1:1::/p:\nb:x:1:1::relative:\n',
    );
    expect([...folders]).toEqual([
      ['a', '/home/a'],
      ['__proto__', '/p'],
    ]);
  });

  it('are read again when the list of users has changed', () => {
    const homes = new HomeFolders(`${site}/passwd`);
    const find = compileUserFolder('public_html', homes);
    expect(find('ann')).toEqual({ folder: '/home/ann/public_html' });
    expect(find('bob')).toBeUndefined();
    writeFileSync(`${site}/passwd`, 'bob:x:1:1::/home/bob:/bin/sh\n');
    utimesSync(`${site}/passwd`, 1, 1);
    expect(find('bob')).toEqual({ folder: '/home/bob/public_html' });
    expect(find('ann')).toBeUndefined();
  });

  it("are nobody's where there is no list", () => {
    expect(new HomeFolders(`${site}/none`).find('ann')).toBeUndefined();
  });
});
