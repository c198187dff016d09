import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryStore } from '../memory-store.ts';

/** A store whose clock is set by hand, in seconds. */
function storeAt(size = 10): { store: MemoryStore; at: (seconds: number) => void } {
  let now = 0;
  return { store: new MemoryStore(size, () => now), at: (seconds) => (now = seconds * 1_000_000) };
}

const perMinute = (count: number) => ({ window: 60_000_000, spacing: Math.floor(60_000_000 / count) });

describe('the store in memory', () => {
  it('frees one request after the other', () => {
    const { store, at } = storeAt();
    const limit = perMinute(3);
    for (let n = 0; n < 3; n++) assert.equal(store.take('ann', limit).wait, 0);
    assert.deepEqual(store.take('ann', limit), { wait: 20_000_000, debt: 60_000_000 });
    at(19);
    assert.equal(store.take('ann', limit).wait, 1_000_000);
    at(20);
    assert.equal(store.take('ann', limit).wait, 0);
    assert.equal(store.take('ann', limit).wait, 20_000_000);
  });

  it('lets in the whole limit at once after a rest, and no more', () => {
    const { store, at } = storeAt();
    const limit = perMinute(7);
    at(1_000);
    const taken = Array.from({ length: 9 }, () => store.take('ann', limit).wait === 0);
    assert.deepEqual(taken, [...Array.from({ length: 7 }, () => true), false, false]);
  });

  it('never lets in more than the limit in any window of its length, and half a window later half of it', () => {
    const { store, at } = storeAt();
    const limit = perMinute(60);
    for (let n = 0; n < 100; n++) store.take('ann', limit);
    at(30);
    const taken = Array.from({ length: 60 }, () => store.take('ann', limit)).filter(({ wait }) => wait === 0);
    assert.equal(taken.length, 30);
  });

  it('forgets who was not seen for the longest time, once there are too many', () => {
    const { store } = storeAt(2);
    const limit = perMinute(1);
    const isLetIn = (key: string): boolean => store.take(key, limit).wait === 0;
    assert.deepEqual(['ann', 'bob', 'ann', 'bob', 'eve', 'bob', 'ann'].map(isLetIn), [
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});
