import type { Step } from '../../core/plan.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { isThenable } from '../../core/thenable.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import type { Breaches } from './breaches.ts';
import { Call, type WatchedHandler, answeredBy, calls, declinedWriter } from './call.ts';
import { blockedMessage } from './watch-loop.ts';

type AnyHandler = (r: RequestRecord) => unknown;

/** A handler that does what `handler` does, and throws where that was a breach of the contract. */
export function watchHandler<H extends Step['handler']>(
  handler: H,
  known: WatchedHandler,
  breaches: Breaches,
  blocking: number,
): H {
  const { who, phase, isStacked } = known;
  const watched: AnyHandler = (r) => {
    const writer = phase === 'content' && !isStacked ? r.state.get(declinedWriter) : undefined;
    if (writer !== undefined) throw breaches.error(declinedMessage(writer));
    const call = new Call(who, r);
    const counts = phase !== 'log' && phase !== 'cleanup';
    const { user } = r;
    const started = performance.now();
    const judge = (answer: unknown): unknown => {
      call.over = true;
      if (counts && answer !== DECLINED) r.state.set(answeredBy, who);
      const breach = call.breach ?? breachOf(call, known, answer, user);
      if (breach !== undefined) throw breaches.error(breach);
      return answer;
    };
    let answer: unknown;
    try {
      answer = calls.run(call, handler as AnyHandler, r);
    } catch (error) {
      call.over = true;
      throw error;
    }
    const busy = performance.now() - started;
    if (busy > blocking) call.breach ??= blockedMessage(who, busy, blocking);
    if (!isThenable(answer)) return judge(answer);
    return (answer as PromiseLike<unknown>).then(judge, (error: unknown) => {
      call.over = true;
      throw error;
    });
  };
  return watched as H;
}

/** What is wrong with how a call ended, if anything. */
function breachOf(
  call: Call,
  { who, phase, isStacked }: WatchedHandler,
  answer: unknown,
  userBefore: string | undefined,
): string | undefined {
  const { r, wrote, pending } = call;
  // For a client that is gone nothing is taken any more.
  if (pending > 0 && !r.exchange.writer.aborted) {
    return `${who} answered before what it wrote had been taken: await r.write, r.flush and r.sendFile, or return their promise`;
  }
  if (phase === 'authenticate' && answer === DECLINED && r.user !== userBefore) {
    return `${who} set r.user to ${r.user} and then answered DECLINED: set it only where you answer OK, or a refusal`;
  }
  if (!wrote || phase === 'log' || phase === 'cleanup') return undefined;
  if (phase === 'content') {
    if (answer !== DECLINED) return undefined;
    if (!isStacked) return declinedMessage(who);
    r.state.set(declinedWriter, who);
    return undefined;
  }
  return answer === OK || answer === DECLINED
    ? `${who} wrote to the body, but let the request go on: answer DONE, or leave the body to the content phase`
    : undefined;
}

function declinedMessage(who: string): string {
  return `${who} wrote to the body and then answered DECLINED, so that another handler's body follows: answer OK`;
}
