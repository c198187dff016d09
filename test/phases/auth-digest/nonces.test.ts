import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Nonces } from '../../../phases/auth-digest/nonces.ts';

describe('a nonce', () => {
  it('tells when it was made, to whoever made it', () => {
    const nonces = new Nonces();
    expect(nonces.madeAt(nonces.make('staff', 1_700_000_000_123), 'staff')).toBe(1_700_000_000_123);
  });

  it('is none for another realm, nor of another process', () => {
    const nonces = new Nonces();
    const nonce = nonces.make('staff');
    expect(nonces.madeAt(nonce, 'others')).toBeUndefined();
    expect(new Nonces().madeAt(nonce, 'staff')).toBeUndefined();
  });

  it('is none with anything changed', () => {
    const nonces = new Nonces();
    const nonce = nonces.make('staff');
    fc.assert(
      fc.property(fc.nat(nonce.length - 1), fc.constantFrom('A', 'B', '-', '!', ''), (at, character) => {
        const changed = nonce.slice(0, at) + character + nonce.slice(at + 1);
        expect(nonces.madeAt(changed, 'staff') === undefined).toBe(changed !== nonce);
      }),
    );
  });

  it('is none for any text', () => {
    const nonces = new Nonces();
    fc.assert(fc.property(fc.string(), (text) => nonces.madeAt(text, 'staff') === undefined));
  });
});

describe('a count', () => {
  it('is used once, in any order within a window', () => {
    const counts = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(counts, (order) => {
        const nonces = new Nonces();
        for (const count of order) expect(nonces.use('n', 1, count)).toBe(true);
        for (const count of order) expect(nonces.use('n', 1, count)).toBe(false);
      }),
    );
  });

  it('is never used twice, whatever comes between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 })), (order) => {
        const nonces = new Nonces();
        const accepted = order.filter((count) => nonces.use('n', 1, count));
        expect(new Set(accepted).size).toBe(accepted.length);
        expect(accepted).not.toContain(0);
      }),
    );
  });

  it('is refused where it may have been forgotten', () => {
    const nonces = new Nonces(2);
    expect(nonces.use('a', 10, 1)).toBe(true);
    expect(nonces.use('b', 20, 1)).toBe(true);
    expect(nonces.use('c', 30, 1)).toBe(true);
    expect(nonces.use('a', 10, 1)).toBe(false);
    expect(nonces.use('b', 20, 1)).toBe(false);
    expect(nonces.use('d', 40, 1)).toBe(true);
  });
});
