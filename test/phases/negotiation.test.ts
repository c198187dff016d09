import { rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectLog, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'page.en.html': 'english',
  'page.de.html': 'deutsch',
  'handler.ts': 'export default () => "secret source";',
  'bad.var': 'URI: page.en.html\nnonsense\n',
  'ok.var': 'URI: page.en.html\nContent-Type: text/html\nContent-Language: en\n',
});

// Files of one size that were written in the same tick of the clock have the same tag.
utimesSync(`${site}/page.de.html`, 1_700_000_000, 1_700_000_000);

const outside = makeSite({ 'secret.txt': 'outside' });
symlinkSync(`${outside}/secret.txt`, `${site}/out.txt`);

const languages = { addLanguage: [['en', '.en'] as const, ['de', '.de'] as const] };
const app = testApp({ documentRoot: site, ...languages, addHandler: ['type-map', 'var'], options: 'MultiViews' });

describe('Options MultiViews', () => {
  it('finds the file that suits the client', async () => {
    const response = await request(app).get('/page').set('Accept-Language', 'de').expect(200, 'deutsch');
    expect(response.headers['content-location']).toBe('page.de.html');
    expect(response.headers['vary']).toBe('negotiate, accept-language');
    expect(response.headers['etag']).toMatch(/^(W\/)?"[0-9a-f-]+;[0-9a-f]+"$/);
  });

  it('answers 304 for a copy that is still good', async () => {
    const { headers } = await request(app).get('/page').set('Accept-Language', 'de');
    await request(app).get('/page').set('Accept-Language', 'de').set('If-None-Match', headers['etag']!).expect(304);
    await request(app).get('/page').set('Accept-Language', 'en').set('If-None-Match', headers['etag']!).expect(200);
  });

  it('lists the files, with links, where none will do', async () => {
    const response = await request(app).get('/page').set('Accept-Language', 'fr').expect(406);
    expect(response.text).toContain('<a href="page.de.html">page.de.html</a>, type text/html, language de');
    expect(response.headers['alternates']).toContain('{"page.en.html" 1 {type text/html} {language en} {length 7}}');
  });

  it('sees files that come and go', async () => {
    writeFileSync(`${site}/fresh.de.html`, 'one');
    await request(app).get('/fresh').expect(200, 'one');
    writeFileSync(`${site}/fresh.en.html`, 'two');
    await request(app).get('/fresh').set('Accept-Language', 'en').expect(200, 'two');
    rmSync(`${site}/fresh.en.html`);
    await request(app).get('/fresh').set('Accept-Language', 'en').expect(406);
  });

  it('offers neither the sources of handlers nor links that lead out of the folder', async () => {
    const guarded = testApp({
      documentRoot: site,
      options: 'MultiViews',
      sections: [{ location: '/made', contentHandler: `${site}/handler.ts` }],
    });
    await request(guarded).get('/made').expect(200);
    await request(guarded).get('/handler').expect(404);
    await request(guarded).get('/out').expect(404);
    const following = testApp({ documentRoot: site, options: ['MultiViews', 'FollowSymLinks'] });
    await request(following).get('/out').expect(200, 'outside');
  });

  it('does nothing where it is not switched on', async () => {
    await request(testApp({ documentRoot: site }))
      .get('/page')
      .expect(404);
  });

  it('takes headers of 15 kB', async () => {
    const header = Array.from({ length: 2_500 }, (_, index) => `x${index}`).join(',');
    await request(app)
      .get('/page')
      .set('Accept-Language', header.slice(0, 7_000))
      .set('Accept', 'text/html,'.repeat(700))
      .expect(406);
  });
});

describe('the handler type-map', () => {
  it('is found by its type, too', async () => {
    const typed = testApp({ documentRoot: site, ...languages, addType: ['application/x-type-map', 'var'] });
    await request(typed).get('/ok.var').expect(200, 'english');
  });

  it('answers 500 for nonsense, and logs file and line', async () => {
    const log = collectLog();
    const logged = testApp({ documentRoot: site, addHandler: ['type-map', 'var'], plugins: [log] });
    await request(logged).get('/bad.var').expect(500);
    expect(log.lines.map(({ message }) => message).join('\n')).toContain(`${site}/bad.var:2: a type map has fields`);
  });

  it('sees a map that was changed', async () => {
    writeFileSync(`${site}/changing.var`, 'URI: page.en.html\nContent-Type: text/html\n');
    await request(app).get('/changing.var').expect(200, 'english');
    writeFileSync(`${site}/changing.var`, 'URI: page.de.html\nContent-Type: text/html\n');
    await request(app).get('/changing.var').expect(200, 'deutsch');
  });
});
