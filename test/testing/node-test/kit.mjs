import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { OK } from 'sluice';
import {
  collectLog,
  collectTrail,
  fakeRequest,
  fakeTime,
  lint,
  makeSite,
  runFilter,
  runPhase,
  testApp,
} from 'sluice/testing';
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

await test('a site in a folder, its log and its trail', async () => {
  const site = makeSite({ 'httpd.conf': 'DocumentRoot ./htdocs', 'htdocs/a.txt': 'A' });
  const log = collectLog();
  const trail = collectTrail();
  const app = await testApp(site.path('httpd.conf'), { plugins: [log, trail] });
  await request(app).get('/a.txt').expect(200, 'A');
  await app.close();
  assert.deepEqual(log.messages(), []);
  assert.deepEqual(trail.lines('content'), ['content static default-handler OK']);
  site.remove();
});

await test('time passes when the test says so', async () => {
  const time = fakeTime('2026-11-21T12:00:00Z');
  const app = await testApp({ contentHandler: (r) => new Date(r.requestTime).toISOString() });
  await request(app).get('/').expect(200, '2026-11-21T12:00:00.000Z');
  await time.advance(1_000);
  await request(app).get('/').expect(200, '2026-11-21T12:00:01.000Z');
  time.restore();
});

await test('lint finds what goes on behind an answer, and who blocks', async () => {
  const rules = lint({ blocking: 50 });
  let late = Promise.resolve();
  const app = await testApp({
    plugins: [collectLog(), rules],
    sections: [
      {
        location: '/late',
        contentHandler: function floating(r) {
          late = wait(5).then(() => assert.throws(() => r.write('late'), /called r.write after it had answered/));
          return 'done';
        },
      },
      {
        location: '/busy',
        contentHandler: async () => {
          await wait(1);
          for (const end = performance.now() + 60; performance.now() < end;);
          await wait(1);
          return 'done';
        },
      },
    ],
  });
  await request(app).get('/late').expect(200);
  await late;
  await request(app).get('/busy').expect(500);
  assert.equal(rules.breaches.length, 2);
  assert.match(rules.breaches[1], /kept the event loop busy/);
});
