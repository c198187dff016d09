import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import request from 'supertest';
import { testApp, testHandler } from '../../testing/index.ts';

describe('testApp', () => {
  const config = { sections: [{ location: '/', contentHandler: () => 'Hello World!' }] };

  it('gives a listener for supertest when awaited', async () => {
    await request(await testApp(config))
      .get('/')
      .expect(200, 'Hello World!');
  });

  it('gives a listener for supertest without being awaited', async () => {
    await request(testApp(config)).get('/').expect(200, 'Hello World!');
  });

  it('rejects with the ConfigError of a bad config', async () => {
    await expect(testApp({ documentRoot: './missing' })).rejects.toThrow('DocumentRoot must be a folder');
    await expect(testApp({ nonsense: 1 } as never)).rejects.toThrow('nonsense');
  });

  it('is a plain function to createServer', () => {
    const server = createServer(testApp(config));
    expect(server.listenerCount('request')).toBe(1);
  });
});

describe('testHandler', () => {
  it('answers every URL with the handler', async () => {
    const app = await testHandler((r) => `${r.method} ${r.uri}`);
    await request(app).post('/any/where').expect(200, 'POST /any/where');
  });

  it('takes further config, whose sections come first', async () => {
    const app = await testHandler(() => 'handled', {
      outputFilter: ['SHOUT', { data: (chunk, f) => f.passOn(Buffer.from(chunk).toString().toUpperCase()) }],
      sections: [{ location: '/loud', setOutputFilter: 'SHOUT' }],
    });
    await request(app).get('/loud').expect(200, 'HANDLED');
    await request(app).get('/').expect(200, 'handled');
  });
});
