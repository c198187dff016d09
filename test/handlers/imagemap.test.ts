import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { collectLog, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'maps/a.map':
    '# <em>welcome</em>\nrect in.html "In & out" 0,0 10,10\n\nrect nocontent 20,20 30,30\ndefault /out.html\n',
  'maps/broken.map': 'rect in.html 0,0 10,10\nrect\n',
  'maps/climb.map': 'rect ../../x.html 0,0 10,10\n',
  '.hidden.map': 'default /x\n',
});

const config = { documentRoot: site, addHandler: ['imap-file', 'map'] } as const;

describe('an image map', () => {
  const app = testApp(config);

  it.each([
    ['/maps/a.map?5,5', '/maps/in.html'],
    ['/maps/a.map?50,50', '/out.html'],
  ])('%s leads to %s', async (url, location) => {
    await request(app).get(url).expect(302).expect('Location', location);
  });

  it('may lead nowhere', async () => {
    const { headers } = await request(app).get('/maps/a.map?25,25').expect(204);
    expect(headers['content-type']).toBeUndefined();
  });

  it('shows a menu to clients that clicked nowhere', async () => {
    const { text } = await request(app)
      .get('/maps/a.map')
      .expect(200)
      .expect('Content-Type', 'text/html; charset=utf-8');
    expect(text).toContain('<h1>/maps/a.map</h1>');
    expect(text).toContain('<p><a href="/maps/in.html">In &amp; out</a></p>');
    expect(text).toContain('<p>Anywhere else: <a href="/out.html">/out.html</a></p>');
    expect(text).not.toContain('welcome');
    expect(text).not.toContain('nocontent');
  });

  it.each([
    ['semiformatted', '<em>welcome</em>\n<p><a href="/maps/in.html">In &amp; out</a></p>\n<br>\n'],
    ['unformatted', '<em>welcome</em>\n<a href="/maps/in.html">In &amp; out</a>\n<a href="/out.html">'],
  ] as const)('shows a %s menu with the comments', async (imapMenu, html) => {
    const { text } = await request(testApp({ ...config, imapMenu }))
      .get('/maps/a.map')
      .expect(200);
    expect(text).toContain(html);
    expect(text).not.toContain('<h1>');
  });

  it('with a broken line says so in the log when it comes there', async () => {
    const log = collectLog();
    const logged = testApp({ ...config, plugins: [log] });
    await request(logged).get('/maps/broken.map?5,5').expect(302);
    await request(logged).get('/maps/broken.map?50,50').expect(500);
    expect(log.messages().join('\n')).toContain(
      'broken.map:2: expected a shape and a target, but there is only "rect"',
    );
  });

  it('never leads above the root', async () => {
    await request(app).get('/maps/climb.map?5,5').expect(500);
  });

  it.each([
    ['/maps/none.map?1,1', 404],
    ['/.hidden.map?1,1', 404],
  ])('%s is answered with %i', async (url, status) => {
    await request(app).get(url).expect(status);
  });

  it('refuses a menu of another kind, and a base that is none', async () => {
    await expect(testApp({ imapBase: 'images' })).rejects.toThrow('a path that begins with a slash, not "images"');
    await expect(testApp({ imapMenu: 'pretty' as 'none' })).rejects.toThrow(
      'semiformatted or unformatted, not "pretty"',
    );
  });
});
