import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeRequest, testApp } from 'sluice/testing';
import request from 'supertest';
import { contentHandler as hello } from '../handlers/hello.ts';

describe('the site', () => {
  const site = testApp('sluice.config.ts');

  it('shows its first page', async () => {
    await request(await site)
      .get('/')
      .expect(200)
      .expect('Content-Type', /^text\/html/);
  });

  it('greets by name', async () => {
    await request(await site)
      .get('/hello?name=Ann')
      .expect(200, 'Hello Ann!\n');
  });

  it('tells this machine its address', async () => {
    const { body } = await request(await site)
      .get('/local')
      .expect(200);
    assert.match(body.you, /^(?:127\.0\.0\.1|::1)$/);
  });

  it('has a page of its own for what is not there', async () => {
    const { text } = await request(await site)
      .get('/nowhere')
      .expect(404);
    assert.match(text, /There is no such page/);
  });
});

describe('the handler hello', () => {
  it('can be called alone', () => {
    assert.equal(hello(fakeRequest({ url: '/hello' })), 'Hello World!\n');
  });
});
