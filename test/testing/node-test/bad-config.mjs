import { test } from 'node:test';
import { testApp } from 'sluice/testing';
import request from 'supertest';

await test('a bad config', async () => {
  await request(testApp({ documentRoot: './missing' })).get('/');
});
