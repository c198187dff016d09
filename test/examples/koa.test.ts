import { describe, it } from '@jest/globals';
import request from 'supertest';
import { app } from '../../examples/koa/app.mjs';

describe('the Koa example', () => {
  const get = (path: string) => request(app.callback()).get(path);

  it('answers from the mounted pipeline, behind the middleware in front', async () => {
    await get('/sluice/x').expect(200, 'Koa says that the path is /sluice/x\n').expect('X-Powered-By', 'Koa');
  });

  it('refuses what the pipeline protects', async () => {
    await get('/sluice/closed').expect(403);
  });

  it('leaves what nobody in the pipeline answers to Koa', async () => {
    await get('/elsewhere').expect(200, 'Nobody in the pipeline answered, so Koa does.\n');
  });
});
