import { describe, expect, it, jest } from '@jest/globals';
import * as fileSystem from 'node:fs';
import { makeSite } from '../make-site.ts';

const site = makeSite({ 'Folder/page.html': 'page', 'Folder/123': 'number', 'other/page.html': 'other' });

/**
 * A file system that doesn't tell `PAGE.HTML` from `page.html`: the other spelling leads to the same file, but only the one
 * on the disk is in the folder.
 */
fileSystem.linkSync(`${site}/Folder/page.html`, `${site}/Folder/PAGE.HTML`);
fileSystem.symlinkSync('Folder', `${site}/FOLDER`);
fileSystem.symlinkSync('Folder', `${site}/link`);
fileSystem.linkSync(`${site}/other/page.html`, `${site}/other/PAGE.HTML`);
const onDisk = new Set(['Folder', 'link', 'other', 'page.html', '123']);
jest.unstable_mockModule('node:fs', () => ({
  ...fileSystem,
  readdirSync: (path: string) => fileSystem.readdirSync(path).filter((name) => onDisk.has(name)),
}));
const { isSpelledAsOnDisk } = await import('../../handlers/link-policy.ts');

describe('where the file system makes nothing of letter case', () => {
  it.each([
    ['Folder/page.html', 'Folder/page.html', true],
    ['Folder/PAGE.HTML', 'Folder/page.html', false],
    ['FOLDER/page.html', 'Folder/page.html', false],
    ['FOLDER/PAGE.HTML', 'Folder/page.html', false],
    ['link/page.html', 'Folder/page.html', true],
    ['link/PAGE.HTML', 'Folder/page.html', false],
  ])('%s is asked for, %s is there: %s', (asked, there, isRight) => {
    expect(isSpelledAsOnDisk(site, `${site}/${asked}`, `${site}/${there}`)).toBe(isRight);
  });

  it('a root that is a link itself makes no difference', () => {
    expect(isSpelledAsOnDisk(`${site}/current`, `${site}/current/page.html`, `${site}/Folder/page.html`)).toBe(true);
  });
});

describe('where letter case matters', () => {
  it('links are never taken for other spellings', () => {
    fileSystem.writeFileSync(`${site}/other/only.txt`, 'x');
    fileSystem.symlinkSync('only.txt', `${site}/other/pointer.txt`);
    expect(isSpelledAsOnDisk(site, `${site}/other/pointer.txt`, `${site}/other/only.txt`)).toBe(true);
  });
});
