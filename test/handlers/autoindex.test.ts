import { describe, expect, it } from '@jest/globals';
import { chmodSync, symlinkSync } from 'node:fs';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const outside = makeSite({ 'secret.txt': 'a secret', 'folder/secret.txt': 'a secret' });
const site = makeSite({
  'list/b.txt': 'b'.repeat(2_000),
  'list/A.html': '<title>A</title>',
  'list/file-10.txt': '',
  'list/file-9.txt': '',
  'list/<b>&"\'.txt': 'x',
  'list/javascript:alert(1)': 'x',
  'list/sub/x.txt': 'x',
  'list/.hidden': 'x',
  'list/.git/config': 'x',
  'list/.htpasswd': 'x',
  'list/back\\slash.txt': 'x',
  'list/closed/x.txt': 'x',
  'empty/.keep': '',
  'with/index.html': 'index',
  'sluice.config.ts': 'x',
});
symlinkSync(`${outside}/secret.txt`, `${site}/list/out.txt`);
symlinkSync(`${outside}/folder`, `${site}/list/outside`);
symlinkSync('b.txt', `${site}/list/inside.txt`);
symlinkSync('missing', `${site}/list/dangling.txt`);
symlinkSync('loop', `${site}/list/loop`);

const app = testApp({
  documentRoot: site,
  options: 'Indexes',
  logLevel: 'crit',
  sections: [
    { directory: `${site}/list/closed`, require: 'all denied' },
    { directory: `${site}/list/sub`, options: '-Indexes' },
  ],
});

/** The names that a listing links, in order. */
async function names(path: string, listener = app): Promise<string[]> {
  const { text } = await request(listener).get(path).expect(200);
  return [...text.matchAll(/<tr><th scope="row" class="name"><a href="([^"]*)"/g)].map(([, href]) => href!);
}

describe('a folder without an index', () => {
  it('is listed where Options has Indexes, and refused with 403 elsewhere', async () => {
    await request(app).get('/list/').expect(200).expect('Content-Type', 'text/html;charset=UTF-8');
    await request(app).get('/list/sub/').expect(403);
    await request(testApp({ documentRoot: site }))
      .get('/list/')
      .expect(403);
  });

  it('shows folders first, then files as people count, in either letter case', async () => {
    expect(await names('/list/')).toEqual([
      '/',
      'sub/',
      '%3cb%3e&amp;%22&#39;.txt'.replace('&#39;', "'"),
      'A.html',
      'b.txt',
      'file-9.txt',
      'file-10.txt',
      'inside.txt',
      './javascript:alert(1)',
    ]);
  });

  it('is sorted as the query says, and by name where that makes no difference', async () => {
    expect((await names('/list/?C=S;O=D')).slice(2, 4)).toEqual(['inside.txt', 'b.txt']);
    const { text } = await request(app).get('/list/?C=S;O=D');
    expect(text).toContain('<th scope="col" class="size" aria-sort="descending"><a href="?C=S;O=A">Size</a></th>');
    expect(await names('/list/?P=file*')).toEqual(['/', 'file-9.txt', 'file-10.txt']);
  });

  it('names nothing that a request would be refused', async () => {
    const listed = (await names('/list/')).join();
    for (const name of ['.hidden', '.git', '.htpasswd', 'closed', 'out.txt', 'outside', 'dangling', 'loop', 'slash']) {
      expect(listed).not.toContain(name);
    }
    await request(app).get('/list/outside/').expect(403);
    await request(app).get('/list/.git/').expect(404);
  });

  it('names what links lead to where Options lets them', async () => {
    const open = testApp({ documentRoot: site, options: ['Indexes', 'FollowSymLinks'] });
    expect(await names('/list/', open)).toContain('out.txt');
    expect(await names('/list/outside/', open)).toEqual(['/list/', 'secret.txt']);
  });

  it("doesn't name the server's own config", async () => {
    const { text } = await request(app).get('/').expect(200);
    expect(text).toContain('sluice.config.ts');
    const own = testApp(`${configured}/httpd.conf`);
    const listing = await request(own).get('/').expect(200);
    expect(listing.text).toContain('a.txt');
    expect(listing.text).not.toContain('httpd.conf');
  });

  it('escapes names, and never makes a scheme of one', async () => {
    const { text } = await request(app).get('/list/').expect(200);
    expect(text).toContain('<span>&lt;b&gt;&amp;&quot;&#39;.txt</span>');
    expect(text).not.toContain('<b>&"');
    expect(text).not.toContain('href="javascript:');
    const { text: heading } = await request(app).get('/list/%3Cscript%3E/').expect(404);
    expect(heading).not.toContain('<script>');
  });

  it('says that it is empty', async () => {
    const { text } = await request(app).get('/empty/').expect(200);
    expect(text).toContain('This folder is empty.');
    expect((await request(app).get('/list/?P=none')).text).toContain('No name in this folder matches the pattern.');
  });

  it('answers HEAD without looking into it, and leaves other methods to others', async () => {
    await request(app).head('/list/').expect(200).expect('Content-Type', 'text/html;charset=UTF-8');
    await request(app).post('/list/').expect(405);
    await request(app).get('/with/').expect(200, 'index');
  });

  it('that the server may not read is refused', async () => {
    chmodSync(`${site}/empty`, 0o000);
    try {
      const isRoot = process.getuid?.() === 0;
      await request(app)
        .get('/empty/')
        .expect(isRoot ? 200 : 403);
    } finally {
      chmodSync(`${site}/empty`, 0o755);
    }
  });

  it('is the business of a handler that is named for it', async () => {
    const own = testApp({
      documentRoot: site,
      options: 'Indexes',
      sections: [{ location: '/list', contentHandler: () => 'mine' }],
    });
    await request(own).get('/list/').expect(200, 'mine');
  });

  it('judges what is inside by its own path where the slash is missing', async () => {
    const own = testApp({
      documentRoot: site,
      options: 'Indexes',
      directorySlash: false,
      sections: [{ location: '/list/b.txt', require: 'all denied' }],
    });
    const { text } = await request(own).get('/list').expect(200);
    expect(text).toContain('A.html');
    expect(text).not.toContain('b.txt');
  });
});

describe("Apache's forms", () => {
  it.each([
    ['FancyIndexing', '<pre>'],
    ['HTMLTable', '<table>'],
    ['FoldersFirst', '<ul>'],
  ])('come with IndexOptions %s', async (option, markup) => {
    const own = testApp({
      documentRoot: site,
      options: 'Indexes',
      indexOptions: [option, 'FancyIndexing'].slice(0, option === 'HTMLTable' ? 2 : 1),
    });
    expect((await request(own).get('/list/')).text).toContain(markup);
  });

  it.each(['/list/?F=0', '/list/?F=1', '/list/?F=2'])('come where the client asks for one: %s', async (path) => {
    expect((await request(app).get(path)).text).toMatch(/<ul>|<pre>|<table>\n   <tr>/);
  });

  it('escape names, pictures and their text', async () => {
    const own = testApp({
      documentRoot: site,
      options: 'Indexes',
      indexOptions: ['FancyIndexing', 'HTMLTable'],
      addIcon: ['(<i>,/a"b.gif)', '.txt'],
    });
    const { text } = await request(own).get('/list/').expect(200);
    expect(text).toContain('<img src="/a&quot;b.gif" alt="[&lt;i&gt;]">');
    expect(text).toContain(`<a href="%3cb%3e&amp;%22'.txt">&lt;b&gt;&amp;&quot;'.txt</a>`);
  });

  it('have their own style unless a style sheet is named', async () => {
    const own = testApp({
      documentRoot: site,
      options: 'Indexes',
      indexOptions: 'FancyIndexing',
      sections: [{ location: '/list/', indexStyleSheet: '/own.css', indexHeadInsert: '<!-- mine -->' }],
    });
    expect((await request(own).get('/')).text).toContain('<style>');
    const { text } = await request(own).get('/list/');
    expect(text).not.toContain('<style>');
    expect(text).toContain('<link rel="stylesheet" href="/own.css" type="text/css">\n<!-- mine --></head>');
  });
});

const configured = makeSite({ 'httpd.conf': 'DocumentRoot .\nOptions Indexes\n', 'a.txt': 'a' });

describe('its directives', () => {
  it.each([
    [{ indexOptions: 'NameWith=9' }, 'did you mean "NameWidth"?'],
    [{ indexOptions: 'NameWidth=4' }, 'a number from 5 on'],
    [{ indexOptions: 'NameWidth' }, 'NameWidth takes'],
    [{ indexOptions: 'DescriptionWidth=1' }, 'a number from 12 on'],
    [{ indexOptions: '+None' }, 'IndexOptions knows no "+None"'],
    [{ indexOptions: 'FancyIndexing=1' }, 'IndexOptions knows no "FancyIndexing=1"'],
    [{ indexOptions: 'Charset=a"b' }, 'the name of a charset'],
    [{ indexOrderDefault: ['Up', 'Name'] as const }, 'Ascending or Descending'],
    [{ indexOrderDefault: ['Ascending', 'Colour'] as const }, 'Ascending or Descending'],
    [{ addIcon: ['(x', '.txt'] as const }, 'a URL or (alt,url)'],
  ])('refuse %j', async (config, message) => {
    await expect(testApp(config as never)).rejects.toThrow(message);
  });
});
