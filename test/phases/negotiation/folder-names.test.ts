import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namesWithPrefix, readFolder } from '../../../phases/negotiation/folder-names.ts';
import { makeSite } from '../../make-site.ts';

const site = makeSite({ 'three/b.txt': '', 'three/a.txt': '', 'three/folder.txt/x': '', 'one/a.txt': '' });

describe('readFolder', () => {
  it('gives the sorted names of files', () => {
    expect(readFolder(`${site}/three/`).names).toEqual(['a.txt', 'b.txt']);
  });

  it('sees a new file at once', () => {
    const folder = `${site}/one`;
    utimesSync(folder, 1_000_000_000, 1_000_000_000);
    expect(readFolder(folder)).toBe(readFolder(folder));
    writeFileSync(`${folder}/b.txt`, '');
    expect(readFolder(folder).names).toEqual(['a.txt', 'b.txt']);
    writeFileSync(`${folder}/c.txt`, '');
    expect(readFolder(folder).names).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });

  it('gives no names of what is not there, or no folder', () => {
    mkdirSync(`${site}/empty`);
    for (const name of ['nothing', 'one/a.txt', 'empty']) expect(readFolder(`${site}/${name}`).names).toEqual([]);
  });
});

describe('namesWithPrefix', () => {
  it('finds the same names as looking at all of them', () => {
    const name = fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', '.') });
    fc.assert(
      fc.property(fc.uniqueArray(name), name, (all, prefix) => {
        const names = all.toSorted((a, b) => (a < b ? -1 : 1));
        expect(namesWithPrefix({ names }, prefix)).toEqual(names.filter((one) => one.startsWith(prefix)));
      }),
    );
  });
});
