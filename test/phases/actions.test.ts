import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({ 'page.own': 'own', 'plain.txt': 'plain', 'a b.own': 'blank' });

const maker = {
  location: '/maker',
  contentHandler: async (r: RequestRecord) =>
    `${r.method} ${r.uri}?${r.args} for ${r.env.get('REDIRECT_HANDLER')}: ${await r.text()}`,
};

describe('Action', () => {
  const app = testApp({
    documentRoot: site,
    addHandler: ['own-handler', 'own'],
    action: [
      ['own-handler', '/maker'],
      ['not-there', '/maker', 'virtual'],
    ],
    sections: [maker, { location: '/virtual', setHandler: 'not-there' }],
  });

  it("has the file's URL behind the path that makes its content", async () => {
    await request(app).get('/a%20b.own?x=1').expect(200, 'GET /maker/a b.own?x=1 for own-handler: ');
  });

  it('hands the body over', async () => {
    await request(app)
      .post('/page.own')
      .send('body')
      .expect(200, 'POST /maker/page.own?undefined for own-handler: body');
  });

  it('needs a file, unless it is virtual', async () => {
    await request(app).get('/none.own').expect(404);
    await request(app).get('/virtual/x').expect(200, 'GET /maker/virtual/x?undefined for not-there: ');
  });

  it('that leads to itself ends after ten rounds', async () => {
    const loop = testApp({ documentRoot: site, action: ['text/plain', '/plain.txt'], acceptPathInfo: true });
    await request(loop).get('/plain.txt').expect(500);
  });

  it.each([
    [['a', 'b'], 'takes a path of this server that begins with a slash, not "b"'],
    [['a', '/b', 'c'], 'the third word of Action is virtual, not "c"'],
  ])('refuses %j', async (action, message) => {
    await expect(testApp({ action: action as [string, string] })).rejects.toThrow(message);
  });
});

describe('Script', () => {
  const app = testApp({
    documentRoot: site,
    script: [
      ['PUT', '/maker'],
      ['get', '/maker'],
    ],
    sections: [maker],
  });

  it('answers its method, and GET only with a query', async () => {
    await request(app).put('/any/thing').send('x').expect(200, 'PUT /maker/any/thing?undefined for undefined: x');
    await request(app).get('/plain.txt').expect(200, 'plain');
    await request(app)
      .get('/plain.txt?q')
      .expect(200, /^GET \/maker\/plain\.txt\?q/);
    await request(app).delete('/plain.txt').expect(405);
  });

  it('gives up where the path makes no content either', async () => {
    const none = testApp({ documentRoot: site, script: ['GET', '/none'] });
    await request(none).get('/plain.txt?q').expect(404);
  });

  it.each([
    [['TRACE', '/x'], 'any method but TRACE'],
    [['G T', '/x'], '"G T" can\'t be a method'],
    [['GET', 'x'], 'begins with a slash, not "x"'],
  ])('refuses %j', async (script, message) => {
    await expect(testApp({ script: script as [string, string] })).rejects.toThrow(message);
  });
});
