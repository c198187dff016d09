import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Brigade, EOS, FLUSH, FileBucket, brigadeLength } from '../core/filter/bucket.ts';
import { FilterLink } from '../core/filter/filter-link.ts';
import type { Filter } from '../core/filter/filter.ts';
import { toNamedFilter } from '../core/filter/named-filter.ts';
import { type FakeRequestOptions, fakeRequest } from './fake-request.ts';
import { type Split, splitsOf } from './splits.ts';
import { within } from './within.ts';

/** How `runFilter` feeds a filter. */
export interface RunFilterOptions {
  /** The request whose body it is. */
  readonly request?: FakeRequestOptions;
  /** Whose body it is: `output`, the response's, by default, or `input`, the request's. */
  readonly direction?: 'output' | 'input';
  /** Most bytes that the filter may take without passing any on; Infinity by default. */
  readonly mostHeld?: number;
  /** For the random pieces; a failure names it. */
  readonly seed?: number;
  /** Milliseconds after which a filter counts as one that never ends; 2000 by default. */
  readonly timeout?: number;
}

/**
 * Sends a body through a filter and gives the chunks that come out. The body is sent again split every way a brigade can
 * be split, and to a slow reader; rejects where that makes a difference, where EOS is lost or comes twice, where something
 * follows it, where bytes change after they were passed on, or where the filter keeps more than `mostHeld`.
 *
 * @example
 * const chunks = await runFilter(shout, ['hello ', 'world']);
 * expect(Buffer.concat(chunks).toString()).toBe('HELLO WORLD');
 */
export async function runFilter(
  filter: Filter,
  chunks: readonly (string | Uint8Array)[],
  options: RunFilterOptions = {},
): Promise<Buffer[]> {
  const [asGiven, ...others] = splitsOf(chunks, options.seed ?? Math.floor(Math.random() * 2 ** 32));
  const expected = await feed(filter, asGiven!, options);
  const body = Buffer.concat(expected);
  for (const split of others) {
    const actual = Buffer.concat(await feed(filter, split, options));
    if (!actual.equals(body)) throw new Error(difference(filter, split, body, actual));
  }
  return expected;
}

async function feed(filter: Filter, split: Split, options: RunFilterOptions): Promise<Buffer[]> {
  const { direction = 'output', mostHeld = Number.POSITIVE_INFINITY, request, timeout = 2_000 } = options;
  const r = fakeRequest(request);
  const recorder = new Recorder(`${labelOf(filter)}, fed ${split.name},`, split.isSlow === true);
  const link = new FilterLink(r, toNamedFilter(filter), recorder, direction);
  const sendAll = async (): Promise<void> => {
    await link.filter.init?.(link);
    let held = 0;
    for (const brigade of split.brigades) {
      const passed = recorder.bytes;
      await link.receive([...brigade]);
      held = recorder.bytes > passed ? 0 : held + brigadeLength(brigade);
      if (held > mostHeld) {
        throw new Error(`${recorder.who} has taken ${held} bytes without passing any on; mostHeld allows ${mostHeld}`);
      }
    }
  };
  await within(timeout, sendAll(), `${recorder.who} did not come to an end`);
  return recorder.finish();
}

/** The end of the chain: keeps what comes, and minds the rules for EOS. */
class Recorder {
  readonly who: string;
  readonly #chunks: (string | Uint8Array)[] = [];
  /** Copies made on arrival. */
  readonly #seen: Buffer[] = [];
  #ended = false;

  readonly #isSlow: boolean;
  bytes = 0;

  constructor(who: string, isSlow: boolean) {
    this.who = who;
    this.#isSlow = isSlow;
  }

  receive(brigade: Brigade): void | Promise<void> {
    for (const bucket of brigade) {
      if (this.#ended) throw new Error(`${this.who} passed on ${bucket === EOS ? 'EOS twice' : 'something after EOS'}`);
      if (bucket === EOS) this.#ended = true;
      else if (bucket instanceof FileBucket) throw new Error(`${this.who} passed on a file that nobody gave it`);
      else if (bucket !== FLUSH) this.#keep(bucket);
    }
    this.bytes += brigadeLength(brigade);
    if (this.#isSlow) return nextTurn();
  }

  finish(): Buffer[] {
    if (!this.#ended) throw new Error(`${this.who} swallowed EOS`);
    const changed = this.#chunks.findIndex((chunk, at) => !Buffer.from(chunk as string).equals(this.#seen[at]!));
    if (changed >= 0) throw new Error(`${this.who} changed chunk ${changed} after it had passed it on`);
    return this.#seen;
  }

  #keep(chunk: string | Uint8Array): void {
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw new TypeError(`${this.who} passed on ${typeof chunk}; it must pass on bytes or text`);
    }
    this.#chunks.push(chunk);
    this.#seen.push(Buffer.from(chunk as string));
  }
}

function labelOf(filter: Filter): string {
  return typeof filter === 'function' && filter.name !== '' ? `the filter ${filter.name}` : 'the filter';
}

function difference(filter: Filter, split: Split, expected: Buffer, actual: Buffer): string {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const around = (body: Buffer): string =>
    JSON.stringify(body.subarray(Math.max(0, at - 10), at + 30).toString('latin1'));
  return (
    `${labelOf(filter)} gives another body when it is fed ${split.name}: ` +
    `from byte ${at} on it gave ${around(actual)} instead of ${around(expected)}; it must not depend on where its input is cut`
  );
}
