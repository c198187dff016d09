import { afterAll } from '@jest/globals';
import { type SiteFiles, makeSite as makeFolder } from '../testing/make-site.ts';

/** Makes a folder with the given files, which goes when the tests of the file are done; gives its real path. */
export function makeSite(files: SiteFiles): string {
  const site = makeFolder(files);
  afterAll(() => site.remove());
  return site.folder;
}
