import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type ConfigObject, OK } from 'sluice';
import { collectLog, lint, testApp } from 'sluice/testing';
import request from 'supertest';
import plugin, { startSpan, traceHeaders } from '../index.ts';
import { Collector, type SentSpan, attributesOf } from './collector.ts';

const callersTrace = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${callersTrace}-b7ad6b7169203331-01`;

const server = (spans: readonly SentSpan[]): SentSpan => spans.find(({ kind }) => kind === 2)!;
const stamp = (): typeof OK => OK;
const fails = (): never => {
  throw new Error('no database');
};

describe('sluice-plugin-opentelemetry', () => {
  let collector: Collector;

  beforeEach(async () => {
    collector = await Collector.start();
  });
  afterEach(() => collector.stop());

  /** Sends requests to a server with this config, stops it, and gives the spans that reached the collector. */
  async function trace(
    config: ConfigObject,
    send: (app: Awaited<ReturnType<typeof testApp>>) => PromiseLike<unknown>,
  ): Promise<readonly SentSpan[]> {
    const app = await testApp({
      plugins: [plugin, lint({ blocking: 2_000 }), collectLog()],
      otelEndpoint: collector.url,
      ...config,
    });
    await send(app);
    await app.close();
    return collector.spans;
  }

  it('makes a span of a request, and one inside of it for each phase that did something', async () => {
    const spans = await trace(
      {
        otelServiceName: 'shop',
        contentHandler: () => 'Hello World!\n',
        fixupHandler: stamp,
      },
      (app) => request(app).get('/a?b=c').set('User-Agent', 'test').expect(200),
    );
    const root = server(spans);
    assert.equal(root.name, 'GET');
    assert.equal(root.parentSpanId, undefined);
    assert.deepEqual([...collector.services], ['shop']);
    const { 'server.port': port, 'client.address': client, ...attributes } = attributesOf(root.attributes);
    assert.deepEqual(attributes, {
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'url.path': '/a',
      'url.query': 'b=c',
      'network.protocol.version': '1.1',
      'server.address': '127.0.0.1',
      'user_agent.original': 'test',
      'http.response.status_code': 200,
      'http.response.body.size': 13,
    });
    assert.ok(Number(port) > 0 && client === '127.0.0.1');
    const phases = spans.filter(({ parentSpanId }) => parentSpanId === root.spanId);
    const names = phases.map(({ name }) => name);
    for (const name of ['postReadRequest', 'fixup', 'content']) assert.ok(names.includes(name), `${name} in ${names}`);
    const events = phases.find(({ name }) => name === 'fixup')!.events;
    const stamped = events.find(({ name }) => name === 'stamp')!;
    assert.equal(attributesOf(stamped.attributes)['sluice.verdict'], 'OK');
    for (const { name, traceId, startTimeUnixNano, endTimeUnixNano } of phases) {
      assert.equal(traceId, root.traceId);
      assert.ok(BigInt(startTimeUnixNano) >= BigInt(root.startTimeUnixNano), `${name} starts in the request`);
      assert.ok(BigInt(endTimeUnixNano) <= BigInt(root.endTimeUnixNano), `${name} ends in the request`);
      assert.ok(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano), `${name} ends after its start`);
    }
  });

  it("goes on with the caller's trace, and tells handlers and the client of it", async () => {
    const spans = await trace(
      { contentHandler: (r) => ({ ...traceHeaders(r), seen: r.headersIn.get('traceparent')! }) },
      async (app) => {
        const { body, headers } = await request(app).get('/').set('traceparent', traceparent).set('tracestate', 'a=b');
        assert.match(body.traceparent, new RegExp(`^00-${callersTrace}-[0-9a-f]{16}-01$`));
        assert.equal(body.tracestate, 'a=b');
        assert.equal(body.seen, body.traceparent);
        assert.equal(headers['traceresponse'], body.traceparent);
      },
    );
    assert.equal(server(spans).traceId, callersTrace);
    assert.equal(server(spans).parentSpanId, 'b7ad6b7169203331');
  });

  it('begins a trace of its own for a traceparent that is none, and where the caller is not trusted', async () => {
    const config = { contentHandler: () => 'x' };
    const [bad] = await trace(config, (app) =>
      request(app)
        .get('/')
        .set('traceparent', `00-${'0'.repeat(32)}-x-01`),
    );
    assert.match(bad!.traceId, /^[0-9a-f]{32}$/);
    collector.spans.length = 0;
    const ignoring = await trace({ ...config, otelTraceContext: 'ignore' }, async (app) => {
      const { headers } = await request(app).get('/').set('traceparent', traceparent);
      assert.equal(headers['traceresponse'], undefined);
    });
    assert.notEqual(server(ignoring).traceId, callersTrace);
  });

  it('keeps no trace that the caller or OtelSampling leaves out', async () => {
    const config = { contentHandler: () => 'x' };
    const unsampled = traceparent.replace(/01$/, '00');
    assert.deepEqual(await trace(config, (app) => request(app).get('/').set('traceparent', unsampled)), []);
    assert.deepEqual(await trace({ ...config, otelSampling: 0 }, (app) => request(app).get('/')), []);
    const kept = await trace({ ...config, otelSampling: 0 }, (app) =>
      request(app).get('/').set('traceparent', traceparent),
    );
    assert.equal(server(kept).traceId, callersTrace);
  });

  it('is off where a section says so, and takes its name from one', async () => {
    const spans = await trace(
      {
        contentHandler: () => 'x',
        sections: [
          { location: '/health', otelTrace: false },
          { location: '/api', otelSpanName: 'api' },
        ],
      },
      async (app) => {
        await request(app).get('/health').expect(200);
        await request(app).get('/api').expect(200);
      },
    );
    assert.deepEqual(
      spans.filter(({ kind }) => kind === 2).map(({ name }) => name),
      ['api'],
    );
  });

  it('marks failures, with what was thrown', async () => {
    const root = server(await trace({ contentHandler: fails }, (app) => request(app).get('/').expect(500)));
    assert.equal(root.status.code, 2);
    assert.equal(attributesOf(root.attributes)['error.type'], '500');
    assert.equal(attributesOf(root.events[0]!.attributes)['exception.message'], 'no database');
  });

  it('shows subrequests and redirects by their path, in the one trace', async () => {
    const spans = await trace(
      { errorDocument: [404, '/sorry'], sections: [{ location: '/sorry', contentHandler: () => 'Sorry' }] },
      (app) => request(app).get('/nothing').expect(404),
    );
    const sorry = spans.filter(({ attributes }) => attributesOf(attributes)['url.path'] === '/sorry');
    assert.ok(sorry.some(({ name }) => name === 'content'));
    assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 1);
  });

  it("has room for a handler's own spans", async () => {
    const spans = await trace(
      {
        contentHandler(r) {
          startSpan(r, 'SELECT users')?.end();
          return 'x';
        },
      },
      (app) => request(app).get('/'),
    );
    assert.equal(spans.find(({ name }) => name === 'SELECT users')?.parentSpanId, server(spans).spanId);
  });

  it('says in the error log that spans are lost, and still answers', async () => {
    const log = collectLog();
    const config = { plugins: [log, plugin], otelEndpoint: 'http://127.0.0.1:1/v1/traces', contentHandler: () => 'x' };
    await trace(config, (app) => request(app).get('/').expect(200));
    assert.match(log.messages('warn').join('\n'), /\d+ spans are lost, as http:\/\/127\.0\.0\.1:1\/v1\/traces did not/);
  });

  for (const [line, message] of [
    [{ otelEndpoint: 'localhost:4318' }, /OtelEndpoint takes a URL such as .*, not "localhost:4318"/],
    [{ otelSampling: '1.5' }, /OtelSampling takes a number from 0 to 1, not "1\.5"/],
    [
      { otelTraceContext: 'both' as 'inject' },
      /OtelTraceContext takes propagate, extract, inject or ignore, not "both"/,
    ],
  ] satisfies [ConfigObject, RegExp][]) {
    it(`refuses ${JSON.stringify(line)} at start`, async () => {
      await assert.rejects(async () => await testApp({ plugins: [plugin], ...line }), message);
    });
  }
});
