import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { testApp } from 'sluice/testing';
import request from 'supertest';

/** Spans by the service that sent them. */
const received = new Map();

const collector = createServer(async (message, response) => {
  const { resourceSpans } = await json(message);
  for (const { resource, scopeSpans } of resourceSpans) {
    const service = resource.attributes.find(({ key }) => key === 'service.name').value.stringValue;
    received.set(service, [...(received.get(service) ?? []), ...scopeSpans.flatMap(({ spans }) => spans)]);
  }
  response.end('{}');
});

before(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  process.env.COLLECTOR = `http://127.0.0.1:${collector.address().port}/v1/traces`;
  process.env.RATE_LIMIT_STORE ??= 'memory';
});
after(() => collector.close());

for (const [isFirst, config] of [
  [true, 'sluice.config.ts'],
  [false, 'httpd.conf'],
]) {
  describe(`the site of ${config}`, () => {
    let app;
    before(async () => {
      received.clear();
      app = await testApp(config);
    });

    it('shows Markdown in its layout', async () => {
      const { text } = await request(app)
        .get('/notes/')
        .expect(200)
        .expect('Content-Type', /^text\/html/);
      assert.match(text, /<title>Notes<\/title>[^]*<main>\s*<h1>Notes<\/h1>/);
    });

    it('lets nobody log in more than twice, at whichever server where they count together', async () => {
      const login = () => request(app).get('/login');
      if (isFirst || process.env.RATE_LIMIT_STORE === 'memory') {
        await login()
          .expect(200, 'Welcome\n')
          .expect('RateLimit', /^"2\/1h";r=1;/);
        await login().expect(200).expect('RateLimit', /;r=0;/);
      }
      await login().expect(429).expect('Retry-After', /^\d+$/);
    });

    it('sends the spans of all that to the collector', async () => {
      await app.close();
      const names = received.get('notes').map(({ name }) => name);
      assert.ok(names.filter((name) => name === 'GET').length >= 2);
      for (const phase of ['access', 'type', 'content']) assert.ok(names.includes(phase), phase);
    });
  });
}
