import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codingQuality } from '../../../handlers/static/accept-encoding.ts';

describe('codingQuality', () => {
  it.each([
    ['gzip', { gzip: 1, br: 0 }],
    ['gzip;q=0.5, br', { gzip: 0.5, br: 1 }],
    ['GZIP; Q=0.5', { gzip: 0.5 }],
    ['x-gzip', { gzip: 1 }],
    ['*', { gzip: 1, br: 1, identity: 1 }],
    ['*;q=0', { gzip: 0, identity: 0 }],
    ['gzip;q=0, *', { gzip: 0, br: 1 }],
    ['gzip;q=2', { gzip: 0 }],
    ['gzip;q=0.1234', { gzip: 0 }],
    ['gzip;q=', { gzip: 0 }],
    ['gzip;q=1.000;x=y', { gzip: 1 }],
    [' , ,gzip', { gzip: 1 }],
    ['identity;q=0.5', { gzip: 0, identity: 0.5 }],
  ])('reads %j', (header, qualities) => {
    const qualityOf = codingQuality(header);
    for (const [coding, quality] of Object.entries(qualities))
      expect([coding, qualityOf(coding)]).toEqual([coding, quality]);
  });

  it('of no header is good for the plain form only', () => {
    expect(codingQuality(undefined)('gzip')).toBe(0);
    expect(codingQuality(undefined)('identity')).toBeGreaterThan(0);
    expect(codingQuality('gzip')('identity')).toBeGreaterThan(0);
  });

  it('is from 0 to 1, whatever the header', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (header, coding) => {
        const quality = codingQuality(header)(coding);
        expect(quality >= 0 && quality <= 1).toBe(true);
      }),
    );
  });
});
