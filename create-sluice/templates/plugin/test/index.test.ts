import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DECLINED, defineConfig } from 'sluice';
import { fakeRequest, lint, runPhase, testApp } from 'sluice/testing';
import request from 'supertest';
import plugin from '../index.ts';

const config = defineConfig({
  plugins: [plugin, lint()],
  poweredBy: 'steam',
  contentHandler: () => 'Hello World!\n',
  sections: [{ location: '/plain', poweredBy: 'Off' }],
});

describe('sluice-plugin-powered-by', () => {
  it('adds its header to answers', async () => {
    const app = await testApp(config);
    await request(app).get('/').expect(200, 'Hello World!\n').expect('X-Powered-By', 'steam');
  });

  it('does nothing where a section says Off', async () => {
    const { headers } = await request(await testApp(config))
      .get('/plain')
      .expect(200);
    assert.equal(headers['x-powered-by'], undefined);
  });

  it('is found by its name in a config of the other spelling', async () => {
    const app = await testApp('test/httpd.conf');
    await request(app).get('/README.md').expect(200).expect('X-Powered-By', 'steam');
  });

  it('does its work in the fixup phase, without a socket', async () => {
    const r = fakeRequest({ url: '/' });
    assert.equal(await runPhase('fixup', r, config), DECLINED);
    assert.equal(r.headersOut.get('X-Powered-By'), 'steam');
  });

  it('refuses at start what a header cannot say, and names the place', async () => {
    const wrong = defineConfig({ plugins: [plugin], poweredBy: 'steam\nengine' });
    await assert.rejects(async () => await testApp(wrong), /PoweredBy takes a text of printable ASCII characters/);
  });
});
