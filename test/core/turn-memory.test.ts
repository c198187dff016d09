import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TurnMemory } from '../../core/turn-memory.ts';

describe('what is kept for a turn of the event loop', () => {
  it('is found out once for all who ask in the same turn, and anew in the next one', async () => {
    let found = 0;
    const memory = new TurnMemory(() => ({ found: ++found }));
    expect(memory.value).toBe(memory.value);
    await Promise.resolve();
    expect(memory.value.found).toBe(1);
    await setImmediate();
    expect(memory.value.found).toBe(2);
  });

  it('is asked for again where finding it out failed', () => {
    let tries = 0;
    const memory = new TurnMemory(() => {
      if (++tries === 1) throw new Error('not yet');
      return { tries };
    });
    expect(() => memory.value).toThrow('not yet');
    expect(memory.value.tries).toBe(2);
  });
});
