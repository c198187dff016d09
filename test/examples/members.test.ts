import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Application } from '../../core/host/application.ts';
import { createApp } from '../../index.ts';

describe('the example with members', () => {
  let app: Application;

  beforeAll(async () => {
    app = createApp(fileURLToPath(new URL('../../examples/members/sluice.config.ts', import.meta.url)));
    await app.ready();
  });

  afterAll(() => app.stop());

  it('leads strangers to the login page', async () => {
    await request(app.callback()).get('/members/').expect(302).expect('Location', '/login.html');
    expect((await request(app.callback()).get('/login.html').expect(200)).text).toContain('action="/login"');
  });

  it('lets a member in until the logout', async () => {
    const browser = request.agent(app.callback());
    const login = (httpd_password: string): request.Test =>
      browser.post('/login').type('form').send({ httpd_username: 'alice', httpd_password });
    await login('wrong').expect(302).expect('Location', '/login.html?again');
    await login('wonderland').expect(302).expect('Location', '/members/');
    expect((await browser.get('/members/').expect(200)).text).toContain('You are a member');
    await browser.get('/logout').expect(303).expect('Location', '/');
    await browser.get('/members/').expect(302);
  });
});
