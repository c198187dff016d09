import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ConfigObject } from 'sluice';
import { lint, runFilter, testApp } from 'sluice/testing';
import request from 'supertest';
import { layoutFilter } from '../layout-filter.ts';
import plugin from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'markdown-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string, time = '2026-01-02T03:04:05Z'): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, new Date(time), new Date(time));
  return file;
}

const appOf = (config: ConfigObject = {}): ReturnType<typeof testApp> =>
  testApp({ plugins: [plugin, lint({ blocking: 2_000 })], documentRoot: folder, markdown: true, ...config });

const layout = write('layout.html', '<title>{{title}} - {{Author}}</title>{{content}}<hr>\n', '2026-02-02T00:00:00Z');

write('note.md', '---\ntitle: "A <note>"\ndescription: It\'s short\nauthor: Ann\n---\n# Heading\n\nText & *more*\n');
write('plain.md', '# The `first` *heading*\n\n<b>bold</b> [x](javascript:alert(1)) [y](/y) ![z](data:text/html,x)\n');
write('notiz.de.md', '# Notiz\n');
write('.hidden.md', '# Secret\n');
write('other.txt', '# Not Markdown\n');

describe('a Markdown file', () => {
  it('becomes a page, with what its front matter says, escaped', async () => {
    const { text } = await request(await appOf())
      .get('/note.md')
      .expect(200)
      .expect('Content-Type', 'text/html; charset=utf-8');
    assert.match(text, /^<!doctype html>\n<html lang="en">/);
    assert.match(text, /<title>A &lt;note&gt;<\/title>/);
    assert.match(text, /<meta name="description" content="It&#39;s short">/);
    assert.match(text, /<h1>Heading<\/h1>\n<p>Text &amp; <em>more<\/em><\/p>\n {2}<\/body>/);
  });

  it('is called after its first heading, and in its language', async () => {
    const app = await appOf({ addLanguage: ['de', '.de'] });
    assert.match((await request(app).get('/plain.md')).text, /<title>The first heading<\/title>/);
    const { text } = await request(app).get('/notiz.de.md').expect('Content-Language', 'de');
    assert.match(text, /<html lang="de">/);
  });

  it('brings no HTML and no scripts along, unless its authors are trusted', async () => {
    const careful = await request(await appOf()).get('/plain.md');
    assert.match(careful.text, /&lt;b&gt;bold&lt;\/b&gt; x <a href="\/y">y<\/a> z</);
    const trusting = await request(await appOf({ markdownHtml: true })).get('/plain.md');
    assert.match(trusting.text, /<b>bold<\/b> <a href="javascript:alert\(1\)">x<\/a>/);
  });

  it('stands in the layout that the config names', async () => {
    const { text } = await request(await appOf({ markdownLayout: layout })).get('/note.md');
    assert.equal(text, '<title>A &lt;note&gt; - Ann</title><h1>Heading</h1>\n<p>Text &amp; <em>more</em></p>\n<hr>\n');
  });

  it('passes other filters with its layout around it', async () => {
    const app = await appOf({
      markdownLayout: layout,
      setOutputFilter: 'SUBSTITUTE',
      substitute: 's/<hr>/<hr class="end">/',
    });
    const { text, headers } = await request(app).get('/note.md').expect(200);
    assert.match(text, /<hr class="end">\n$/);
    assert.equal(headers['etag'], undefined);
  });

  it('is shown as it is to clients that would rather have Markdown', async () => {
    const app = await appOf();
    const source = await request(app).get('/note.md').set('Accept', 'text/markdown').expect(200);
    assert.match(source.headers['content-type']!, /^text\/markdown/);
    assert.match(source.text, /^---\ntitle/);
    assert.match(source.headers['vary']!, /accept\b/i);
    const page = await request(app).get('/note.md').set('Accept', 'text/html,*/*;q=0.8').expect(200);
    assert.match(page.headers['vary']!, /accept\b/i);
    assert.notEqual(page.headers['etag'], source.headers['etag']);
  });
});

describe('a copy of a page', () => {
  it('is good until the file, the layout or what is made of them changes', async () => {
    write('copy.md', '# One\n');
    const app = await appOf({ markdownLayout: layout });
    const { headers } = await request(app).get('/copy.md').expect(200);
    assert.equal(headers['last-modified'], 'Mon, 02 Feb 2026 00:00:00 GMT');
    const again = (etag: string) => request(app).get('/copy.md').set('If-None-Match', etag);
    await again(headers['etag']!).expect(304, '').expect('ETag', headers['etag']!);
    await request(app).get('/copy.md').set('If-Modified-Since', headers['last-modified']).expect(304);
    await request(await appOf())
      .get('/copy.md')
      .set('If-None-Match', headers['etag']!)
      .expect(200);
    write('copy.md', '# Two\n', '2026-03-03T00:00:00Z');
    const changed = await again(headers['etag']!).expect(200);
    assert.match(changed.text, /<h1>Two<\/h1>/);
    assert.equal(changed.headers['last-modified'], 'Tue, 03 Mar 2026 00:00:00 GMT');
  });

  it('may be a part of it, or its head', async () => {
    const app = await appOf({ markdownLayout: layout });
    await request(app).get('/note.md').set('Range', 'bytes=0-6').expect(206, '<title>');
    const { headers } = await request(app).head('/note.md').expect(200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  });
});

describe('what is no page', () => {
  it('is left to others: files of other types, hidden ones, what is not there, and other methods', async () => {
    const app = await appOf();
    await request(app).get('/other.txt').expect(200, '# Not Markdown\n');
    await request(app).get('/.hidden.md').expect(404);
    await request(app).get('/none.md').expect(404);
    await request(app).get('/note.md/more').expect(404);
    await request(app).post('/note.md').expect(405);
    await request(app).get('/note.md').set('Accept', 'image/png').expect(406);
  });

  it('is a file in a folder where it is off', async () => {
    const app = await appOf({ sections: [{ location: '/note.md', markdown: false }] });
    await request(app)
      .get('/note.md')
      .expect(200, /^---\n/);
  });

  it('passes the filter untouched', async () => {
    assert.equal(Buffer.concat(await runFilter(layoutFilter, ['any', 'thing'])).toString(), 'anything');
  });
});

describe('at start', () => {
  const twice = write('twice.html', '{{content}}{{content}}');
  for (const [line, message] of [
    [{ markdownLayout: '/none.html' }, /MarkdownLayout can't be read: ENOENT/],
    [{ markdownLayout: twice }, /MarkdownLayout needs \{\{content\}\} once, but .*twice\.html has it 2 times/],
    [{ markdown: 'perhaps' as never }, /Markdown/],
  ] satisfies [ConfigObject, RegExp][]) {
    it(`refuses ${Object.keys(line)[0]} for ${message}`, async () => {
      await assert.rejects(async () => await appOf(line), message);
    });
  }
});
