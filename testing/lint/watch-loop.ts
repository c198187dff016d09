import { createHook } from 'node:async_hooks';
import type { Breaches } from './breaches.ts';
import { calls } from './call.ts';

/** What keeps an eye on the event loop while it is enabled. */
export interface LoopWatch {
  enable(): unknown;
  disable(): unknown;
}

/** Measures everything that handlers do behind an `await`; what they do before it is measured around their call. */
export function watchLoop(breaches: Breaches, blocking: number): LoopWatch {
  const starts: number[] = [];
  return createHook({
    before: () => void starts.push(performance.now()),
    after() {
      const busy = performance.now() - (starts.pop() ?? Number.POSITIVE_INFINITY);
      if (busy <= blocking) return;
      const call = calls.getStore();
      if (call === undefined || call.breach !== undefined) return;
      call.breach = blockedMessage(call.who, busy, blocking);
      if (call.over) breaches.report(call.r, call.breach);
    },
  });
}

/** The same words for all who block. */
export function blockedMessage(who: string, busy: number, blocking: number): string {
  return (
    `${who} kept the event loop busy for ${Math.round(busy)} ms, and every other client waited (more than ${blocking} ms ` +
    'is too long): use asynchronous calls, work in pieces, or a worker thread'
  );
}
