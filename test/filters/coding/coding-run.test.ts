import { randomBytes } from 'node:crypto';
import { constants, createGzip, gunzipSync } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type Brigade, EOS, FLUSH } from '../../../core/filter/bucket.ts';
import { OutputChain } from '../../../core/filter/output-chain.ts';
import { toNamedFilter } from '../../../core/filter/named-filter.ts';
import { CodingRun } from '../../../filters/coding/coding-run.ts';
import { fakeRequest } from '../../../testing/index.ts';

const body = randomBytes(500_000);

function runInto(receive: (brigade: Brigade) => void | Promise<void>): { chain: OutputChain; run: CodingRun } {
  const run = new CodingRun(createGzip(), constants.Z_SYNC_FLUSH, { changes: 'coding' });
  const chain = new OutputChain(fakeRequest(), { receive });
  chain.add(toNamedFilter(run));
  return { chain, run };
}

function bytesOf(brigade: Brigade): Buffer {
  return Buffer.concat(brigade.filter((bucket): bucket is Uint8Array => bucket instanceof Uint8Array));
}

describe('a body on its way through zlib', () => {
  it('waits for a slow reader, and keeps marks behind the bytes that were written before them', async () => {
    const received: Buffer[] = [];
    let waiting = 0;
    let mostWaiting = 0;
    const decodable: number[] = [];
    const { chain } = runInto(async (brigade) => {
      mostWaiting = Math.max(mostWaiting, ++waiting);
      await wait(1);
      received.push(bytesOf(brigade));
      if (brigade.includes(FLUSH)) {
        decodable.push(gunzipSync(Buffer.concat(received), { finishFlush: constants.Z_SYNC_FLUSH }).length);
      }
      waiting--;
    });
    await chain.write(body);
    await chain.flush();
    await chain.write(body);
    await chain.end();
    expect(decodable).toEqual([body.length]);
    expect(gunzipSync(Buffer.concat(received)).equals(Buffer.concat([body, body]))).toBe(true);
    expect(mostWaiting).toBe(1);
  });

  it('hands on the error of the next filter, synchronous or not', async () => {
    for (const fail of [
      () => {
        throw new Error('no more');
      },
      () => Promise.reject(new Error('no more')),
    ]) {
      // prettier-ignore
      const { chain } = runInto(fail);
      await expect((async () => {
        await chain.write(body);
        await chain.end();
      })()).rejects.toThrow('no more'); // prettier-ignore
    }
  });

  it('comes to an end when it is destroyed midway', async () => {
    const { chain, run } = runInto(() => wait(5));
    const written = (async () => {
      await chain.write(body);
      await chain.write(body);
      await chain.end();
    })();
    run.abandon();
    await expect(Promise.race([written.then(() => 'ended', () => 'failed'), wait(3_000, 'hangs')])).resolves.not.toBe('hangs'); // prettier-ignore
  });

  it('passes EOS on once', async () => {
    const buckets: Brigade = [];
    const { chain } = runInto((brigade) => void buckets.push(...brigade));
    await chain.write(body);
    await chain.end();
    expect(buckets.filter((bucket) => bucket === EOS)).toHaveLength(1);
    expect(buckets.at(-1)).toBe(EOS);
  });
});
