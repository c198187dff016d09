import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ConfigObject, EOS, type Filter, OK } from '../../index.ts';
import { collectLog, lint, testApp } from '../../testing/index.ts';

async function outcome(config: ConfigObject): Promise<{ status: number; errors: string[] }> {
  const log = collectLog();
  const app = await testApp({ contentHandler: () => 'some body', ...config, plugins: [log, lint()] });
  const status = await request(app)
    .get('/')
    .then(
      (response) => response.status,
      () => 0,
    );
  return { status, errors: log.messages().map((message) => message.split('\n', 1)[0]!) };
}

const filtered = (filter: Filter): Promise<{ status: number; errors: string[] }> =>
  outcome({ outputFilter: ['F', filter], setOutputFilter: 'F' });

describe('lint', () => {
  it('has nothing to say of a request that keeps the contract', async () => {
    expect(await outcome({})).toEqual({ status: 200, errors: [] });
    expect(await filtered({ data: (chunk, f) => f.passOn(String(chunk).toUpperCase()) })).toEqual({
      status: 200,
      errors: [],
    });
    expect(await filtered({ changes: 'nothing', data: (chunk, f) => f.passOn(chunk) })).toEqual({
      status: 200,
      errors: [],
    });
    expect(await outcome({ contentHandler: (r) => r.redirect('/x') })).toEqual({ status: 302, errors: [] });
    expect(
      await outcome({
        contentHandler: async (r) => (r.prev === undefined ? (await r.internalRedirect('/b'), OK) : 'b'),
      }),
    ).toEqual({ status: 200, errors: [] });
  });

  it.each<[string, Filter, string]>([
    [
      'says it changes nothing, but does',
      { changes: 'nothing', data: (chunk, f) => f.passOn(String(chunk).toUpperCase()) },
      "the filter F declares changes: 'nothing', but changed the body",
    ],
    [
      'says it changes nothing, but adds',
      { changes: 'nothing', data: (chunk, f) => f.passOn(chunk), end: (f) => f.passOn('!') },
      "declares changes: 'nothing', but made 10 bytes of 9",
    ],
    [
      'says it keeps the length, but does not',
      { changes: 'sameLength', data: (chunk, f) => f.passOn(chunk.subarray(1)) },
      "declares changes: 'sameLength', but made 8 bytes of 9",
    ],
    [
      'changes a chunk in place',
      {
        data(chunk, f) {
          chunk[0] = 0x53;
          return f.passOn(chunk);
        },
      },
      'the filter F changed the bytes of a chunk in place; they may be kept for other requests: change a copy',
    ],
    ['sends EOS twice', { brigade: (brigade) => [...brigade, EOS] }, 'the filter F passed on EOS twice'],
    [
      'sends more after EOS',
      { brigade: (brigade) => [...brigade, 'more'] },
      'the filter F passed on something after EOS',
    ],
  ])('fails a filter that %s', async (_, filter, message) => {
    const { status, errors } = await filtered(filter);
    expect(status).toBe(500);
    expect(errors[0]).toContain(message);
  });

  it('fails a filter that keeps bytes back at a FLUSH', async () => {
    const { errors } = await outcome({
      outputFilter: ['F', { changes: 'sameLength', data: () => undefined, end: (f) => f.passOn('some body') }],
      setOutputFilter: 'F',
      async contentHandler(r) {
        await r.write('some body');
        await r.flush();
        return OK;
      },
    });
    expect(errors[0]).toContain('the filter F kept 9 bytes back at a FLUSH: pass them on in its flush()');
  });

  it('fails a filter that takes a large body in without passing anything on', async () => {
    const kept: Uint8Array[] = [];
    const log = collectLog();
    const app = await testApp({
      plugins: [log, lint({ holding: 50_000 })],
      outputFilter: ['KEEP', { data: (chunk) => void kept.push(chunk), end: (f) => f.passOn(Buffer.concat(kept)) }],
      setOutputFilter: 'KEEP',
      async contentHandler(r) {
        for (let at = 0; at < 10; at++) await r.write('x'.repeat(10_000));
        return OK;
      },
    });
    await request(app).get('/').expect(500);
    expect(log.messages()[0]).toContain('the filter KEEP has taken 60000 bytes without passing any on');
  });

  it.each<[string, Filter, string]>([
    ['swallows EOS', { brigade: (brigade) => brigade.filter((bucket) => bucket !== EOS) }, 'swallowed EOS: pass it on'],
    [
      'sends EOS twice',
      { brigade: (brigade) => (brigade.includes(EOS) ? [...brigade, EOS] : brigade) },
      'passed on EOS twice',
    ],
    [
      'changes a chunk in place',
      {
        data(chunk, f) {
          chunk[0] = 0x53;
          return f.passOn(chunk);
        },
      },
      'changed the bytes of a chunk in place',
    ],
  ])('fails a filter of the request that %s', async (_, filter, message) => {
    const log = collectLog();
    const app = await testApp({
      plugins: [log, lint()],
      inputFilter: ['IN', filter],
      setInputFilter: 'IN',
      contentHandler: (r) => r.text(),
    });
    await request(app).post('/').send('some body').expect(500);
    expect(log.messages()[0]).toContain(`the filter IN ${message}`);
  });

  it('cuts the answer of a filter that swallows EOS', async () => {
    const { status, errors } = await filtered({ brigade: (brigade) => brigade.filter((bucket) => bucket !== EOS) });
    expect(status).toBe(0);
    expect(errors[0]).toContain('lint: the filter F swallowed EOS: pass it on');
  });

  it.each<[string, ConfigObject, string]>([
    ['a redirect without Location', { contentHandler: () => 302 }, 'a 302 must have the header Location'],
    ['a 401 without a challenge', { contentHandler: () => 401 }, 'a 401 must have the header WWW-Authenticate'],
    ['a 405 without Allow', { contentHandler: () => 405 }, 'a 405 must have the header Allow'],
    ['an ETag without quotes', { contentHandler: (r) => (r.setEtag('v1'), 'x') }, 'ETag: v1 was set'],
  ])('cuts %s', async (_, config, message) => {
    const { status, errors } = await outcome(config);
    expect(status).toBe(0);
    expect(errors).toEqual([expect.stringContaining(message)]);
  });
});
