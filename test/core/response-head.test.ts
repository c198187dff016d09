import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../index.ts';
import { testApp } from '../../testing/index.ts';

describe('an answer with noCache', () => {
  it('expires at once', async () => {
    const app = await testApp({
      contentHandler: (r: RequestRecord) => {
        r.noCache = true;
        return new Date(r.requestTime).toUTCString();
      },
    });
    const response = await request(app).get('/').expect(200);
    expect(response.headers['expires']).toBe(response.text);
  });

  it('keeps the Expires that it was given', async () => {
    const app = await testApp({
      contentHandler: (r: RequestRecord) => {
        r.noCache = true;
        r.headersOut.set('expires', '0');
        return 'page';
      },
    });
    await request(app).get('/').expect(200, 'page').expect('Expires', '0');
  });
});
