import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ConfigObject, OK, defineConfig, definePlugin } from 'sluice';
import { collectLog, lint, testApp } from 'sluice/testing';
import request from 'supertest';
import plugin, { rateLimitStore } from '../index.ts';

const hello = (): string => 'Hello World!\n';

const appOf = (config: ConfigObject): ReturnType<typeof testApp> =>
  testApp({ plugins: [plugin, lint({ blocking: 2_000 })], contentHandler: hello, ...config });

describe('RateLimit', () => {
  it('lets in as many requests as it says, and says how many are left', async () => {
    const app = await appOf({ rateLimit: '2/1h' });
    const first = await request(app).get('/').expect(200);
    assert.equal(first.headers['ratelimit-policy'], '"2/1h";q=2;w=3600');
    assert.match(first.headers['ratelimit']!, /^"2\/1h";r=1;t=1[78]\d\d$/);
    await request(app).get('/').expect(200).expect('RateLimit', /r=0;/);
    const refused = await request(app).get('/').expect(429);
    assert.match(refused.headers['ratelimit']!, /;r=0;t=1[78]\d\d$/);
    assert.match(refused.headers['retry-after']!, /^1[78]\d\d$/);
  });

  it('counts every line of a section, and each section for itself', async () => {
    const app = await appOf({
      sections: [
        { location: '/a', rateLimit: [['9/1m'], ['1/1h']] },
        { location: '/b', rateLimit: '1/1h' },
        { location: '/b/open', rateLimit: 'Off' },
      ],
    });
    await request(app)
      .get('/a')
      .expect(200)
      .expect('RateLimit', /^"9\/1m";r=8;t=\d+, "1\/1h";r=0;t=\d+$/);
    await request(app).get('/a').expect(429);
    await request(app).get('/b').expect(200);
    await request(app).get('/b').expect(429);
    await request(app).get('/b/open').expect(200);
  });

  it('counts lines of the same name together', async () => {
    const app = await appOf({
      sections: [
        { location: '/a', rateLimit: ['1/1h', 'address', 'shared'] },
        { location: '/b', rateLimit: ['1/1h', 'address', 'shared'] },
      ],
    });
    await request(app).get('/a').expect(200);
    await request(app).get('/b').expect(429);
  });

  it('tells clients apart by a header, and leaving it out is no way around', async () => {
    const app = await appOf({ rateLimit: '1/1h header:X-Key' });
    const get = (key: string) => request(app).get('/').set('X-Key', key);
    await get('one').expect(200);
    await get('two').expect(200);
    await get('one').expect(429);
    await request(app).get('/').expect(200);
    await request(app).get('/').expect(429);
  });

  it('tells users apart once they are known', async () => {
    const app = await appOf({
      rateLimit: '1/1h user',
      authenticateHandler: (r) => {
        r.user = r.headersIn.get('X-User')!;
        return OK;
      },
    });
    const get = (user: string) => request(app).get('/').set('X-User', user);
    await get('ann').expect(200);
    await get('bob').expect(200);
    await get('ann').expect(429);
  });

  it('counts a request once, whatever subrequests and redirects it makes', async () => {
    const app = await appOf({
      rateLimit: '2/1h',
      errorDocument: [404, '/sorry'],
      sections: [
        { location: '/gone', contentHandler: () => 404 },
        { location: '/moved', contentHandler: async (r) => (await r.internalRedirect('/'), OK) },
      ],
    });
    await request(app)
      .get('/gone')
      .expect(404)
      .expect('RateLimit', /^"2\/1h";r=1;t=\d+$/);
    await request(app)
      .get('/moved')
      .expect(200)
      .expect('RateLimit', /^"2\/1h";r=0;t=\d+$/);
    await request(app).get('/').expect(429);
  });

  it('counts a redirect to a limited place from one that is not', async () => {
    const app = await appOf({
      sections: [
        { location: '/door', contentHandler: async (r) => (await r.internalRedirect('/room'), OK) },
        { location: '/room', rateLimit: '1/1h' },
      ],
    });
    await request(app).get('/door').expect(200);
    await request(app).get('/room').expect(429);
  });

  it('counts for other plugins what they like', async () => {
    const attempts = definePlugin({
      name: 'attempts',
      dependencies: { rate_limit: '*' },
      handlers: {
        async attempt(r) {
          const limit = { window: 60_000_000, spacing: 60_000_000 };
          return String((await r.server.services.get(rateLimitStore).take('attempts ann', limit)).wait > 0);
        },
      },
    });
    const app = await testApp({ plugins: [plugin, attempts], setHandler: 'attempt' });
    await request(app).get('/').expect(200, 'false');
    await request(app).get('/').expect(200, 'true');
  });

  for (const [line, message] of [
    [{ rateLimit: '100' }, /RateLimit takes a rate such as 100\/1m or 5\/s, or Off, not "100"/],
    [{ rateLimit: '0/1m' }, /not "0\/1m"/],
    [{ rateLimit: '5/1m cookie' }, /by address, user or header:NAME, not by "cookie"/],
    [{ rateLimit: '5/1m address a b' }, /one, two or three arguments/],
    [{ rateLimitStore: 'mysql://x' }, /RateLimitStore takes memory or a URL such as redis:/],
    [{ rateLimitMemory: '0' }, /RateLimitMemory takes a number of clients from 1 to 99999999, not "0"/],
    [{ rateLimitOnError: 'perhaps' as 'allow' }, /RateLimitOnError takes allow or refuse, not "perhaps"/],
  ] satisfies [ConfigObject, RegExp][]) {
    it(`refuses ${JSON.stringify(line)} at start`, async () => {
      await assert.rejects(async () => await appOf(line), message);
    });
  }
});

describe('a Redis that is not there', () => {
  const config = defineConfig({ rateLimit: '5/1m', rateLimitStore: 'redis://127.0.0.1:1' });

  it('lets requests in by default, and says so', async () => {
    const log = collectLog();
    const app = await appOf({ ...config, plugins: [log, plugin] });
    await request(app).get('/').expect(200);
    assert.match(log.messages('warn').join('\n'), /the Redis can't be reached/);
    assert.match(log.messages('error').join('\n'), /the store can't be asked, so the request is let in/);
    await app.close();
  });

  it('refuses them where the config says so', async () => {
    const app = await appOf({ ...config, plugins: [collectLog(), plugin], rateLimitOnError: 'refuse' });
    await request(app).get('/').expect(503);
    await app.close();
  });
});
