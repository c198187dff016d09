import { symlinkSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'letter.txt': 'letter',
  'a & b.txt': 'escaped',
  'twin-a.txt': 'a',
  'twin-<.txt': 'b',
  'folder/page.html': 'page',
  '.secret': 'secret',
});
symlinkSync(`${site}/nowhere`, `${site}/broken.txt`);

const app = testApp({ documentRoot: site, checkSpelling: true });

describe('CheckSpelling', () => {
  it.each([
    ['/Letter.txt', '/letter.txt'],
    ['/lettre.txt?x=1', '/letter.txt?x=1'],
    ['/a%20%26%20c.txt', '/a%20&%20b.txt'],
    ['/Folder/page.html', '/folder/page.html'],
  ])('sends %s to %s', async (url, location) => {
    await request(app).get(url).expect(301).expect('Location', location);
  });

  it.each(['/nothing', '/secret', '/broken.txt', '/folder/none/page.html'])('has nothing for %s', async (url) => {
    await request(app).get(url).expect(404);
  });

  it('offers all names that are equally likely, on a page that says why', async () => {
    const { text, type } = await request(app).get('/twin-c.txt?q').expect(300);
    expect(type).toBe('text/html');
    expect(text).toContain('<li><a href="/twin-a.txt?q">twin-a.txt</a> (another letter)</li>');
    expect(text).toContain('twin-&lt;.txt</a>');
  });

  it('offers what differs by its extension, but redirects to none', async () => {
    const { text } = await request(app).get('/letter.html').expect(300);
    expect(text).toContain('(another extension)');
    await request(testApp({ documentRoot: site, checkSpelling: true, checkBasenameMatch: false }))
      .get('/letter.html')
      .expect(404);
  });

  it('leaves what is made by a handler to it', async () => {
    const made = testApp({
      documentRoot: site,
      checkSpelling: true,
      sections: [{ location: '/lettre.txt', contentHandler: () => 'made' }],
    });
    await request(made).get('/lettre.txt').expect(200, 'made');
  });

  it('obeys ErrorDocument', async () => {
    const own = testApp({ documentRoot: site, checkSpelling: true, errorDocument: [300, 'which one?'] });
    await request(own).get('/twin-c.txt').expect(300, 'which one?');
  });

  it('forgives the letter case only under CheckCaseOnly', async () => {
    const strict = testApp({ documentRoot: site, checkSpelling: true, checkCaseOnly: true });
    await request(strict).get('/LETTER.txt').expect(301);
    await request(strict).get('/lettre.txt').expect(404);
  });
});
