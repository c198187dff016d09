import { describe, expect, it } from '@jest/globals';
import { DECLINED, OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({ 'index.html': '' });

describe('DocumentRoot', () => {
  it.each([
    ['/', '/'],
    ['/a/b.html', '/a/b.html'],
    ['/a%20b/', '/a b/'],
  ])('maps %s below itself', async (url, path) => {
    const r = fakeRequest({ url });
    expect(await runPhase('translate', r, { documentRoot: site })).toBe(OK);
    expect(r.translatedFilename).toBe(site + path);
  });

  it('may be the root of the file system', async () => {
    const r = fakeRequest({ url: '/etc/motd' });
    await runPhase('translate', r, { documentRoot: '/' });
    expect(r.translatedFilename).toBe('/etc/motd');
  });

  it('has no file for OPTIONS *, and nobody has one without it', async () => {
    const asterisk = fakeRequest({ method: 'OPTIONS', url: '*' });
    expect(await runPhase('translate', asterisk, { documentRoot: site })).toBe(DECLINED);
    const rootless = fakeRequest({ url: '/x' });
    expect(await runPhase('translate', rootless, {})).toBe(DECLINED);
    expect([asterisk.translatedFilename, rootless.translatedFilename]).toEqual([undefined, undefined]);
  });
});
