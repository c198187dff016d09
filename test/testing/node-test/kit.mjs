import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OK } from 'sluice';
import { fakeRequest, runFilter, runPhase, testApp } from 'sluice/testing';
import request from 'supertest';

await test('an app answers supertest', async () => {
  const app = await testApp({ sections: [{ location: '/', contentHandler: (r) => ({ uri: r.uri }) }] });
  await request(app).get('/here').expect(200, { uri: '/here' });
});

await test('a handler is called with a bare record', async () => {
  const r = fakeRequest({ url: '/hello?name=Ann' });
  await r.write(`Hello ${r.args}`);
  assert.equal((await r.sent()).text, 'Hello name=Ann');
});

await test('a phase is run alone', async () => {
  assert.equal(await runPhase('fixup', fakeRequest(), { sections: [{ location: '/', fixupHandler: () => OK }] }), OK);
});

await test('a filter is fed in every way', async () => {
  const chunks = await runFilter({ data: (chunk, f) => f.passOn(chunk) }, ['one', 'two']);
  assert.equal(Buffer.concat(chunks).toString(), 'onetwo');
});
