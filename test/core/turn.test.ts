import { AsyncLocalStorage } from 'node:async_hooks';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { atEndOfTurn, beginInTurn, endTurnEarly, sendInTurn, flushAtEndOfTurn } from '../../core/turn.ts';

describe('the end of a turn', () => {
  it('has lines written before anything else, and each thing done once', async () => {
    const done: string[] = [];
    atEndOfTurn(() => done.push('answer'));
    flushAtEndOfTurn({ flush: () => done.push('lines') });
    atEndOfTurn(() => done.push('another'));
    expect(done).toEqual([]);
    await nextTurn();
    expect(done).toEqual(['lines', 'answer', 'another']);
    await nextTurn();
    expect(done).toHaveLength(3);
  });

  it('leaves to the next turn what is put off by then', async () => {
    const done: string[] = [];
    atEndOfTurn(() => {
      done.push('first');
      atEndOfTurn(() => done.push('second'));
    });
    await nextTurn();
    expect(done).toEqual(['first']);
    await nextTurn();
    expect(done).toEqual(['first', 'second']);
  });

  it('comes early where a request comes in a millisecond after the first one', async () => {
    const done: string[] = [];
    const now = performance.now();
    beginInTurn(now);
    flushAtEndOfTurn({ flush: () => done.push('lines') });
    atEndOfTurn(() => done.push('answer'));
    beginInTurn(now + 0.9);
    expect(done).toEqual([]);
    beginInTurn(now + 1.1);
    expect(done).toEqual(['lines', 'answer']);
    await nextTurn();
    expect(done).toHaveLength(2);
  });

  it('comes early where somebody can wait no longer', async () => {
    const done: string[] = [];
    endTurnEarly();
    atEndOfTurn(() => done.push('answer'));
    endTurnEarly();
    expect(done).toEqual(['answer']);
    await nextTurn();
    expect(done).toHaveLength(1);
  });

  it('has to be awaited by an answer where there are others, and by no lonely one', async () => {
    const done: number[] = [];
    const send = (...answers: number[]): void => answers.forEach((answer) => sendInTurn(() => done.push(answer)));
    send(1);
    expect(done).toEqual([1]);
    await nextTurn();
    send(2, 3, 4);
    expect(done).toEqual([1, 2]);
    await nextTurn();
    expect(done).toEqual([1, 2, 3, 4]);
    send(5);
    expect(done).toHaveLength(4);
    await nextTurn();
    expect(done).toHaveLength(5);
    send(6);
    expect(done).toHaveLength(6);
  });

  it('comes after the lines that a lonely answer is told of in', async () => {
    await nextTurn();
    const done: string[] = [];
    flushAtEndOfTurn({ flush: () => done.push('lines') });
    sendInTurn(() => done.push('answer'));
    expect(done).toEqual(['lines', 'answer']);
  });

  it('does each thing in the asynchronous context of who put it off', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    for (const name of ['a', 'b']) {
      storage.run(name, () => atEndOfTurn(() => seen.push(storage.getStore())));
    }
    await nextTurn();
    expect(seen).toEqual(['a', 'b']);
  });

  it('does everything where one thing throws, and loses nothing of the error', () => {
    const script = join(import.meta.dirname, 'turn-process.ts');
    const { stdout } = spawnSync(process.execPath, ['--import', 'jiti/register', script], { encoding: 'utf8' });
    expect(stdout.split('\n')).toEqual(['done', 'thrown: this one fails', '']);
  });
});
