import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import Koa from 'koa';
import request from 'supertest';
import { koaHandler } from '../../handlers/koa.ts';
import { collectLog, testHandler } from '../../testing/index.ts';
import { shout } from './shout.ts';

const app = new Koa();
app.silent = true;
app.context['motto'] = 'simple';
app.use(async (context, next) => {
  await next();
  context.set('X-Behind', 'yes');
});
app.use(async (context, next) => {
  const bodies: Record<string, () => void> = {
    '/text': () => (context.body = `text ${String(context['motto'])}`),
    '/json': () => (context.body = { a: 1 }),
    '/stream': () => (context.body = Readable.from(['one ', 'two'])),
    '/blob': () => (context.body = new Blob(['blob'])),
    '/empty': () => (context.status = 204),
    '/raw': () => ((context.respond = false), (context.status = 200), context.res.end('raw')),
    '/throw': () => context.throw(409, 'no', { headers: { 'X-Why': 'busy' } }),
    '/fault': () => {
      throw new Error('a fault');
    },
  };
  const make = bodies[context.path];
  if (make === undefined) await next();
  else make();
});
const handler = koaHandler(app);

describe('koaHandler', () => {
  it('answers with every kind of body, through the output filters', async () => {
    const listener = await testHandler(handler, shout);
    await request(listener)
      .get('/text')
      .expect(200, 'TEXT SIMPLE')
      .expect('Content-Type', 'text/plain; charset=utf-8')
      .expect('X-Behind', 'yes');
    await request(listener).get('/raw').expect(200, 'RAW');
    for (const [path, body] of [
      ['stream', 'ONE TWO'],
      ['blob', 'BLOB'],
    ]) {
      const response = await request(listener)
        .get(`/${path}`)
        .buffer()
        .parse((incoming, done) => {
          let text = '';
          incoming.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => done(null, text));
        });
      expect([response.status, response.body]).toEqual([200, body]);
    }
  });

  it('answers JSON, nothing, and HEAD', async () => {
    const listener = await testHandler(handler);
    await request(listener).get('/json').expect(200, { a: 1 });
    await request(listener).get('/empty').expect(204);
    await request(listener).head('/text').expect(200).expect('Content-Length', '11');
  });

  it('declines what nobody answers', async () => {
    await request(await testHandler(handler))
      .get('/none')
      .expect(404, /There is no such resource/);
  });

  it('leaves errors to the server', async () => {
    const log = collectLog();
    const listener = await testHandler(handler, { plugins: [log] });
    await request(listener).get('/throw').expect(409).expect('X-Why', 'busy');
    await request(listener)
      .get('/fault')
      .expect(500, /could not answer/);
    expect(log.messages().join()).toContain('Error: a fault');
  });

  it('takes one middleware, which reads the body and shares the state of r.ctx', async () => {
    const middleware = koaHandler(async (context) => {
      let text = '';
      for await (const chunk of context.req) text += String(chunk);
      context.body = `${text} ${String(context.state['by'])}`;
    });
    const listener = await testHandler((r) => ((r.ctx.state['by'] = 'front'), middleware(r)));
    await request(listener).post('/').type('text/plain').send('body').expect(200, 'body front');
  });
});
