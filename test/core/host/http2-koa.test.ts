import { describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import request from 'supertest';
import { createApp, mount } from '../../../index.ts';

const config = {
  sections: [
    { location: '/hello', contentHandler: (r: { protocol: string }) => `hello by ${r.protocol}` },
    { location: '/missing', contentHandler: () => 404 as const },
  ],
};

describe("supertest's HTTP/2", () => {
  it('asks the listener of an application', async () => {
    const app = createApp(config);
    await request(app.callback(), { http2: true }).get('/hello').expect(200, 'hello by HTTP/2.0');
    await request(app.callback(), { http2: true }).head('/hello').expect('Content-Length', '17');
    await request(app.callback(), { http2: true }).get('/missing').expect(404);
  });

  it('meets Koa middleware in front, whose headers go with every answer', async () => {
    const app = createApp(config);
    app.use((ctx, next) => {
      ctx.set('X-Front', 'koa');
      ctx.append('Set-Cookie', 'a=1');
      ctx.append('Set-Cookie', 'b=2');
      return next();
    });
    const answer = await request(app.callback(), { http2: true }).get('/hello').expect('X-Front', 'koa');
    expect([answer.text, answer.headers['set-cookie']]).toEqual(['hello by HTTP/2.0', ['a=1', 'b=2']]);
    await request(app.callback(), { http2: true }).get('/missing').expect(404).expect('X-Front', 'koa');
  });

  it('meets a pipeline in a Koa application, and who comes behind it', async () => {
    const app = new Koa().use(mount(config)).use((ctx) => void (ctx.body = 'behind'));
    await request(app.callback(), { http2: true }).get('/hello').expect('hello by HTTP/2.0');
    await request(app.callback(), { http2: true }).get('/other').expect('behind');
  });
});

describe('a request of HTTP/2 that waited for the config', () => {
  it('is forgotten where its client has gone by then', async () => {
    const logged: string[] = [];
    const app = createApp({ ...config, logHandler: (r) => void logged.push(r.uri) });
    await app.ready();
    app.listener({ stream: { destroyed: true } } as never, {} as never);
    expect(logged).toEqual([]);
  });
});
