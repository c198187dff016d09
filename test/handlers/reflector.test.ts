import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';

const app = testApp({
  setHandler: 'reflector',
  reflectorHeader: [
    ['X-One', 'X-One'],
    ['X-Two', 'X-Three'],
  ],
  sections: [
    {
      location: '/shout',
      outputFilter: ['SHOUT', { data: (chunk, f) => f.passOn(Buffer.from(chunk).toString().toUpperCase()) }],
      setOutputFilter: 'SHOUT',
    },
    { location: '/large', limitRequestBody: 10 },
  ],
});

describe('the reflector', () => {
  it('sends the body of a POST back, with its type', async () => {
    const response = await request(app).post('/').type('text/x-own').send('hello').expect(200);
    expect(response.headers['content-type']).toBe('text/x-own');
    expect(response.headers['content-length']).toBe('5');
  });

  it('sends it through the filters', async () => {
    await request(app).post('/shout').type('text/plain').send('hello').expect(200, 'HELLO');
  });

  it('sends the headers back that it is told to', async () => {
    const asked = request(app).post('/').type('text/plain').set('X-One', '1').set('X-Two', '2').send('x');
    const { headers } = await asked.expect(200);
    expect(headers).toMatchObject({ 'x-one': '1', 'x-three': '2' });
    expect(headers).not.toHaveProperty('x-two');
  });

  it('answers nothing but POST and OPTIONS', async () => {
    expect((await request(app).get('/').expect(405)).headers['allow']).toBe('POST, OPTIONS');
    expect((await request(app).options('/').expect(200)).headers['allow']).toBe('POST, OPTIONS');
  });

  it('obeys the limits for bodies', async () => {
    await request(app).post('/large').type('text/plain').send('x'.repeat(11)).expect(413);
  });
});
