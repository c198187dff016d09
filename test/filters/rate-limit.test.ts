import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Brigade } from '../../core/filter/bucket.ts';
import { bucketLength } from '../../core/filter/bucket.ts';
import { OutputChain } from '../../core/filter/output-chain.ts';
import { toNamedFilter } from '../../core/filter/named-filter.ts';
import { rateLimit } from '../../filters/rate-limit.ts';
import { fakeRequest, runFilter, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const documentRoot = makeSite({ 'a.txt': 'x'.repeat(100_000) });
const filter = rateLimit.outputFilters!['RATE_LIMIT']!;

async function brigades(env: Record<string, string>, length: number): Promise<number[]> {
  const r = fakeRequest({ env });
  const sizes: number[] = [];
  const target = {
    receive: (brigade: Brigade) => void sizes.push(brigade.reduce((sum, bucket) => sum + bucketLength(bucket), 0)),
  };
  const chain = new OutputChain(r, target);
  chain.add(toNamedFilter(filter));
  await chain.write(Buffer.alloc(length));
  await chain.end();
  return sizes;
}

describe('RATE_LIMIT', () => {
  it('sends as much in each turn as the rate allows', async () => {
    await expect(brigades({ 'rate-limit': '10' }, 5_000)).resolves.toEqual([2_048, 2_048, 904]);
  });

  it('begins with the burst', async () => {
    const env = { 'rate-limit': '10', 'rate-initial-burst': '4' };
    await expect(brigades(env, 5_000)).resolves.toEqual([4_096, 904]);
  });

  it.each([{}, { 'rate-limit': '0' }, { 'rate-limit': '-5' }, { 'rate-limit': 'fast' }])(
    'does nothing under %j',
    async (env) => {
      await expect(brigades(env, 50_000)).resolves.toEqual([50_000]);
    },
  );

  it('tells the length of a body that is all there, and spends no time on a HEAD', async () => {
    const sections = [{ location: '/', contentHandler: () => 'x'.repeat(3_000) }];
    const app = testApp({ setOutputFilter: 'RATE_LIMIT', setEnv: ['rate-limit', '10'], sections });
    expect((await request(app).get('/').expect(200)).headers['content-length']).toBe('3000');
    expect((await request(app).head('/').expect(200)).headers['content-length']).toBe('3000');
  });

  it('passes on the same bytes, however they come', async () => {
    const body = Buffer.from(Array.from({ length: 3_000 }, (_, at) => at % 256));
    const options = { request: { env: { 'rate-limit': '10' } } };
    expect(Buffer.concat(await runFilter(filter, [body], options))).toEqual(body);
  });

  it('leaves lengths and ranges of files alone', async () => {
    const app = testApp({ documentRoot, setOutputFilter: 'RATE_LIMIT', setEnv: ['rate-limit', '900'] });
    const { headers } = await request(app).get('/a.txt').expect(200);
    expect(headers['content-length']).toBe('100000');
    await request(app).get('/a.txt').set('Range', 'bytes=0-3').expect(206, 'xxxx');
  });
});
