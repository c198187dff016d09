import { Readable } from 'node:stream';
import { callStep, verdictOnly } from './phase-walk.ts';
import { phaseIndex } from './phases.ts';
import type { Step } from './plan.ts';
import type { RequestRecord } from './request-record.ts';
import type { NamedHandler } from './server-record.ts';
import { isThenable } from './thenable.ts';
import { DECLINED, OK } from './verdict.ts';

/**
 * The content phase. The handlers that the config stacks are asked one after the other while they say OK or DECLINED; where
 * none of them said OK come the plugins' hooks, the handler that `r.handler` names, and the default handler.
 */
export function walkContent(r: RequestRecord): number | Promise<number> {
  return walkStack(r, r.plan.stackedContent, 0, DECLINED);
}

function walkOthers(r: RequestRecord): number | Promise<number> {
  const hooks = r.plan.steps[phaseIndex.content]!.filter((step) => !step.configured);
  return walkUntilAnswer(r, [...hooks, ...namedSteps(r)], 0);
}

function walkStack(
  r: RequestRecord,
  stacked: readonly Step[],
  from: number,
  answered: number,
): number | Promise<number> {
  let answer = answered;
  for (let at = from; ; at++) {
    const step = at < stacked.length ? stacked[at] : r.addedSteps('content')?.[at - stacked.length];
    if (step === undefined) return answer === OK ? OK : walkOthers(r);
    const verdict = callStep(r, 'content', step, interpretContent);
    if (isThenable(verdict)) {
      return verdict.then((settled) =>
        settled === OK || settled === DECLINED ? walkStack(r, stacked, at + 1, settled === OK ? OK : answer) : settled,
      );
    }
    if (verdict !== OK && verdict !== DECLINED) return verdict;
    if (verdict === OK) answer = OK;
  }
}

function walkUntilAnswer(r: RequestRecord, steps: readonly Step[], from: number): number | Promise<number> {
  for (let at = from; at < steps.length; at++) {
    const verdict = callStep(r, 'content', steps[at]!, interpretContent);
    if (isThenable(verdict)) {
      return verdict.then((settled) => (settled === DECLINED ? walkUntilAnswer(r, steps, at + 1) : settled));
    }
    if (verdict !== DECLINED) return verdict;
  }
  return 404;
}

/** The handler that `r.handler` names, then the default handler. */
export function namedSteps(r: RequestRecord): Step[] {
  const steps: Step[] = [];
  if (r.handler !== undefined && r.handler !== 'default-handler') {
    const named = r.server.handlers.get(r.handler.toLowerCase());
    steps.push(named === undefined ? unknownHandler(r.handler) : toStep(named));
  }
  const fallback = r.server.handlers.get('default-handler');
  if (fallback !== undefined) steps.push(toStep(fallback));
  return steps;
}

function toStep({ plugin, name, handler }: NamedHandler): Step {
  return { plugin, name, handler, configured: false, pure: false };
}

/** Fail closed: a file whose handler is missing is not served as text. */
function unknownHandler(name: string): Step {
  const handler = (): never => {
    throw new Error(
      `no plugin has a handler called ${name}; check SetHandler and AddHandler, or load the plugin that has it`,
    );
  };
  return { plugin: 'core', name, handler, configured: false, pure: false };
}

/** A verdict stays one; a body is written, with a content type where none is known yet. */
export function interpretContent(r: RequestRecord, step: Step, answer: unknown): number | Promise<number> {
  if (typeof answer === 'number' || answer === undefined || answer === null) return verdictOnly(r, step, answer);
  if (typeof answer === 'string') return send(r, answer, 'text/plain', 'utf-8');
  if (ArrayBuffer.isView(answer)) return send(r, answer as Uint8Array, 'application/octet-stream');
  if (typeof answer !== 'object') return verdictOnly(r, step, answer);
  if (isResponse(answer)) return sendResponse(r, answer);
  if (Symbol.asyncIterator in answer) return sendAll(r, answer as AsyncIterable<string | Uint8Array>);
  if (!isJsonBody(answer)) return verdictOnly(r, step, answer);
  r.charset = undefined;
  return send(r, JSON.stringify(answer), 'application/json');
}

function send(r: RequestRecord, body: string | Uint8Array, type: string, charset?: string): number | Promise<number> {
  if (r.contentType === undefined && !r.committed) {
    r.contentType = type;
    r.charset ??= charset;
  }
  const written = r.write(body);
  return isThenable(written) ? written.then(() => OK) : OK;
}

async function sendAll(r: RequestRecord, chunks: AsyncIterable<string | Uint8Array>): Promise<number> {
  if (!r.committed) r.contentType ??= 'application/octet-stream';
  if (chunks instanceof Readable) r.registerCleanup(() => chunks.destroy());
  for await (const chunk of chunks) {
    if (r.signal.aborted) break;
    await r.write(chunk);
  }
  return OK;
}

async function sendResponse(r: RequestRecord, response: Response): Promise<number> {
  r.status = response.status;
  for (const [name, value] of response.headers) {
    if (name === 'content-type') r.contentType = value;
    else if (name === 'set-cookie') r.headersOut.append('Set-Cookie', value);
    else r.headersOut.set(name, value);
  }
  return response.body === null ? OK : sendAll(r, response.body);
}

/** By shape: a Response of another realm or copy of undici is one too. */
function isResponse(value: object): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]';
}

function isJsonBody(value: object): boolean {
  if (Array.isArray(value) || 'toJSON' in value) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
