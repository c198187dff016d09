import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeRequest, testHandler } from 'sluice/testing';
import request from 'supertest';
import { contentHandler } from '../index.ts';

describe('the handler', () => {
  it('greets by name', () => {
    assert.equal(contentHandler(fakeRequest({ url: '/?name=Ann' })), 'Hello Ann!\n');
  });

  it('greets the world where there is no name', () => {
    assert.equal(contentHandler(fakeRequest({ url: '/' })), 'Hello World!\n');
  });

  it('answers over HTTP, as text whatever the name looks like', async () => {
    const app = await testHandler(contentHandler);
    await request(app)
      .get('/?name=<b>Bärbel</b>')
      .expect(200, 'Hello <b>Bärbel</b>!\n')
      .expect('Content-Type', 'text/plain; charset=utf-8');
  });
});
