import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'page.html': '<p>',
  'page.en.html.gz': 'zipped',
  'page.x-special': 'special',
  'data.txt': 'data',
  'forced/page.html': '<p>',
  'folder/file.txt': '',
});

const typed = async (filename: string, config: object = {}): Promise<RequestRecord> => {
  const r = fakeRequest({ url: filename.slice(site.length), filename });
  await runPhase('type', r, config);
  return r;
};

describe('the type phase', () => {
  it('reads the extensions of the file', async () => {
    const config = { addEncoding: ['GZIP', '.gz'], addLanguage: ['en', 'en'], addCharset: ['UTF-8', '.html'] };
    const r = await typed(`${site}/page.en.html.gz`, config);
    expect([r.contentType, r.charset, r.contentEncoding, r.contentLanguages]).toEqual([
      'text/html',
      'utf-8',
      'gzip',
      ['en'],
    ]);
  });

  it('says what a folder is', async () => {
    expect((await typed(`${site}/folder`)).contentType).toBe('httpd/unix-directory');
  });

  it('leaves a name without known extensions to others', async () => {
    const r = fakeRequest({ filename: `${site}/nothing.unheard-of` });
    expect(await runPhase('type', r, {})).toBe(DECLINED);
    expect(await runPhase('type', fakeRequest({ filename: `${site}/page.html` }), {})).toBe(OK);
  });

  it("doesn't read the path info", async () => {
    const r = fakeRequest({ url: '/page.html/x.txt' });
    r.filename = `${site}/page.html/x.txt`;
    r.deferPathInfo();
    await runPhase('type', r, {});
    expect([r.contentType, r.pathInfo]).toEqual(['text/html', '/x.txt']);
  });

  it("doesn't look for a file where a handler makes the content and there is no extension", async () => {
    const r = fakeRequest({ url: '/folder', filename: `${site}/folder` });
    await runPhase('type', r, { contentHandler: () => 'x' });
    expect(r.contentType).toBeUndefined();
    const dotted = fakeRequest({ url: '/page.html', filename: `${site}/page.html` });
    await runPhase('type', dotted, { contentHandler: () => 'x' });
    expect(dotted.contentType).toBe('text/html');
  });
});

describe('AddHandler and SetHandler', () => {
  const handled = { name: 'shouting', handlers: { loud: (r: RequestRecord) => `LOUD ${r.uri}` } };

  it('choose the named handler, by extension or for all', async () => {
    const app = testApp({
      documentRoot: site,
      plugins: [handled],
      addHandler: ['loud', '.x-special'],
      sections: [{ location: '/forced', setHandler: 'loud' }],
    });
    await request(app).get('/page.x-special').expect(200, 'LOUD /page.x-special');
    await request(app).get('/forced/anything').expect(200, 'LOUD /forced/anything');
    await request(app).get('/data.txt').expect(200, 'data');
  });

  it('never fall back to showing the file', async () => {
    const app = testApp({ documentRoot: site, addHandler: ['misspelt', '.x-special'] });
    const response = await request(app).get('/page.x-special').expect(500);
    expect(response.text).not.toContain('special');
  });
});

describe('ForceType', () => {
  it('counts whatever the extensions say, and None takes it back', async () => {
    const app = testApp({
      documentRoot: site,
      addCharset: ['utf-8', 'html'],
      sections: [
        { directory: `${site}/forced`, forceType: 'text/plain' },
        { location: '/forced/page.html', sections: [{ if: "%{QUERY_STRING} == 'back'", forceType: 'None' }] },
      ],
    });
    await request(app).get('/forced/page.html').expect('Content-Type', 'text/plain');
    await request(app).get('/forced/page.html?back').expect('Content-Type', 'text/html; charset=utf-8');
  });
});

describe('AddOutputFilter and AddInputFilter', () => {
  it('put the bodies of files with the extension through filters, those of SetOutputFilter behind them', async () => {
    const app = testApp({
      documentRoot: site,
      outputFilter: [
        ['A', { data: (chunk, f) => f.passOn(`${Buffer.from(chunk).toString()}a`) }],
        ['B', { data: (chunk, f) => f.passOn(`${Buffer.from(chunk).toString()}b`) }],
        ['C', { data: (chunk, f) => f.passOn(`${Buffer.from(chunk).toString()}c`) }],
      ],
      addOutputFilter: ['A;B', '.txt'],
      setOutputFilter: 'C',
    });
    await request(app).get('/data.txt').expect(200, 'dataabc');
    await request(app).get('/page.html').expect(200, '<p>c');
  });

  it('put request bodies through filters', async () => {
    const app = testApp({
      documentRoot: site,
      inputFilter: ['UPPER', { data: (chunk, f) => f.passOn(Buffer.from(chunk).toString().toUpperCase()) }],
      addInputFilter: ['UPPER', '.txt'],
      contentHandler: (r: RequestRecord) => r.text().then((text) => text),
    });
    await request(app).post('/data.txt').type('text/plain').send('body').expect(200, 'BODY');
    await request(app).post('/page.html').type('text/plain').send('body').expect(200, 'body');
  });
});

describe('AddDefaultCharset', () => {
  const typeOf = async (addDefaultCharset: string, path: string): Promise<string | undefined> => {
    const app = testApp({
      documentRoot: site,
      addDefaultCharset,
      sections: [
        { location: '/made', contentHandler: (r: RequestRecord) => ((r.contentType = 'text/html'), r.write('x'), OK) },
      ],
    });
    return (await request(app).get(path)).headers['content-type'];
  };

  it('is for plain text and HTML, whoever makes it', async () => {
    expect(await typeOf('On', '/page.html')).toBe('text/html; charset=iso-8859-1');
    expect(await typeOf('utf-8', '/data.txt')).toBe('text/plain; charset=utf-8');
    expect(await typeOf('utf-8', '/made')).toBe('text/html; charset=utf-8');
    expect(await typeOf('utf-8', '/page.en.html.gz')).toBe('application/gzip');
    expect(await typeOf('Off', '/page.html')).toBe('text/html');
  });
});
