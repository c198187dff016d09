import { describe, expect, it } from '@jest/globals';
import { Hono } from 'hono';
import request from 'supertest';
import { fetchHandler } from '../../handlers/fetch.ts';
import { collectLog, testHandler } from '../../testing/index.ts';
import { shout } from './shout.ts';

const app = new Hono();
app.get('/text', (c) => c.text(`to ${new URL(c.req.url).search}`, 201, { 'X-By': 'hono' }));
app.post('/json', async (c) => c.json(await c.req.json()));
app.post('/pipe', (c) => new Response(c.req.raw.body));
app.get(
  '/cookies',
  () =>
    new Response('', {
      headers: [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ],
    }),
);
const handler = fetchHandler((incoming) => app.fetch(incoming));

describe('fetchHandler', () => {
  it('answers through the output filters, with status and headers', async () => {
    await request(await testHandler(handler, shout))
      .get('/text?q')
      .expect(201, 'TO ?Q')
      .expect('X-By', 'hono');
  });

  it('gives the body to who reads it, and streams it back', async () => {
    const listener = await testHandler(handler);
    await request(listener).post('/json').send({ a: 1 }).expect(200, { a: 1 });
    const text = 'x'.repeat(300_000);
    const response = await request(listener).post('/pipe').type('text/plain').send(text).buffer().expect(200);
    expect((response.body as Buffer).toString()).toBe(text);
  });

  it('keeps cookies apart and sends no body to HEAD', async () => {
    const listener = await testHandler(handler);
    const response = await request(listener).get('/cookies');
    expect(response.get('Set-Cookie')).toEqual(['a=1', 'b=2']);
    await request(listener).head('/text').expect(201);
  });

  it('sends the answer of the application where nothing matches', async () => {
    await request(await testHandler(handler))
      .get('/none')
      .expect(404, '404 Not Found');
  });

  it('refuses a method that a Request cannot have', async () => {
    await request(await testHandler(handler))
      .trace('/text')
      .expect(405);
  });

  it('answers a throw with 500, and a body over the limit with 413', async () => {
    const log = collectLog();
    const failing = fetchHandler(() => {
      throw new Error('a fault');
    });
    await request(await testHandler(failing, { plugins: [log] }))
      .get('/')
      .expect(500);
    expect(log.messages().join()).toContain('Error: a fault');
    const reading = fetchHandler(async (incoming) => new Response(await incoming.text()));
    await request(await testHandler(reading, { limitRequestBody: 3 }))
      .post('/')
      .type('text/plain')
      .send('long')
      .expect(413);
  });
});
