import { afterEach, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const day = 86_400_000;

it.each([30, -30])('a clock that jumps by %i days ends no request that is under way', async (days) => {
  const app = await testApp({
    handlerTimeout: 2,
    async contentHandler(r) {
      const real = Date.now();
      jest.spyOn(Date, 'now').mockReturnValue(real + days * day);
      const body = await r.json();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { body, aborted: r.signal.aborted };
    },
  });
  const answer = await request(app).post('/').send({ some: 'thing' });
  expect(answer.body).toEqual({ body: { some: 'thing' }, aborted: false });
});
