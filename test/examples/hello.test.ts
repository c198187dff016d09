import { fileURLToPath } from 'node:url';
import { it } from '@jest/globals';
import request from 'supertest';
import { createApp } from '../../index.ts';

it('answers with the one function of hello.ts', async () => {
  const file = fileURLToPath(new URL('../../examples/hello/hello.ts', import.meta.url));
  const app = createApp({ sections: [{ location: '/', contentHandler: file }] });
  await request(app.callback()).get('/anywhere').expect(200, 'Hello World!\n');
});
