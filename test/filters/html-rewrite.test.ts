import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { type HtmlElement, htmlRewriter } from '../../filters/index.ts';
import { runFilter, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

type Rewritings = Parameters<typeof htmlRewriter>[0];

async function rewrite(page: string | Uint8Array, rewritings: Rewritings, charset?: string): Promise<string> {
  const contentType = 'text/html';
  const filter = htmlRewriter(rewritings);
  const chunks = await runFilter(
    { brigade: (brigade, f) => (f.remove(), (f.r.charset = charset), f.insertNext(filter), brigade) },
    [page],
    { request: { contentType } },
  );
  return Buffer.concat(chunks).toString();
}

const mark = (element: HtmlElement): void => element.setAttribute('x', '1');
const wrap = (element: HtmlElement): void => {
  element.before('1');
  element.prepend('2');
  element.append('3');
  element.after('4');
};

describe('htmlRewriter', () => {
  it.each<[string, Rewritings, string]>([
    ['<a href=b>c</a>', { a: mark }, '<a href=b x="1">c</a>'],
    ['<A HREF=b  >c</A>', { a: mark }, '<A HREF=b x="1">c</A>'],
    ['<a x=0 y>c</a>', { a: mark }, '<a x="1" y>c</a>'],
    ["<img X='0'/>", { img: mark }, '<img x="1" />'],
    ['<a x=0 y=1 z>', { a: (element) => element.removeAttribute('Y') }, '<a x=0 z>'],
    ['<a x>', { a: (element) => element.setAttribute('x', '"<&>\'') }, '<a x="&quot;&lt;&amp;&gt;&#39;">'],
    ['<p>a</p>', { p: wrap }, '1<p>2a3</p>4'],
    ['<p>a<p>b', { p: wrap }, '1<p>2a341<p>2b34'],
    ['<ul><li>a<li>b</ul>', { li: wrap }, '<ul>1<li>2a341<li>2b34</ul>'],
    ['<ul><li>a<ul><li>b</ul><li>c</ul>', { 'ul > li': mark }, '<ul><li x="1">a<ul><li x="1">b</ul><li x="1">c</ul>'],
    ['<table><tr><td>a<td>b<tr><td>c</table>', { td: wrap }, '<table><tr>1<td>2a341<td>2b34<tr>1<td>2c34</table>'],
    ['<br>', { br: wrap }, '1<br>234'],
    ['<div>a<b>b</b>c</div>d', { div: (element) => element.remove() }, 'd'],
    ['<div>a<div>b</div>c</div>d', { 'div > div': (element) => element.replaceWith('<i>') }, '<div>a<i>c</div>d'],
    ['<p>a<b>b</b></p>c', { p: (element) => element.setText('<x>') }, '<p>&lt;x&gt;</p>c'],
    [
      '<title>old</title>',
      { title: (element) => element.setText(`new ${element.tagName}`) },
      '<title>new title</title>',
    ],
    ['<p>a', { p: (element) => element.remove() }, ''],
    ['<script>if (a < b) "<a>"</script><a>', { a: mark }, '<script>if (a < b) "<a>"</script><a x="1">'],
    ['<!-- <a> --><textarea><a></textarea><a>', { a: mark }, '<!-- <a> --><textarea><a></textarea><a x="1">'],
    ['</p>stray</b>', { p: mark }, '</p>stray</b>'],
    ['<a><b></a><b></b>', { 'a b': mark }, '<a><b x="1"></a><b></b>'],
    ['<svg><a xlink:href="x"/><path/></svg>', { path: mark }, '<svg><a xlink:href="x"/><path x="1" /></svg>'],
    ['&amp; &uuml; < &', { p: mark }, '&amp; &uuml; < &'],
    ['<a title="&quot;ü&uuml;">', { "[title='\"üü']": mark }, '<a title="&quot;ü&uuml;" x="1">'],
    ['<a href="x" href="y">', { a: (element) => element.setAttribute('href', 'z') }, '<a href="z" href="y">'],
    ['<a hre', { a: mark }, '<a hre'],
    ['text <', { a: mark }, 'text <'],
    ['<!doctype html>\r\n<p>\r\n', { p: mark }, '<!doctype html>\r\n<p x="1">\r\n'],
    ['<pre>\n\na</pre>', { pre: mark }, '<pre x="1">\n\na</pre>'],
    ['', { a: mark }, ''],
  ])('makes of %j, however it comes, with %j, %j', async (page, rewritings, expected) => {
    await expect(rewrite(page, rewritings)).resolves.toBe(expected);
  });

  it('leaves every page as it is that has no element of its', async () => {
    const soup = fc.array(
      fc.constantFrom('<', '>', '/', '!', '-', '--', 'p', 'a ', '="', "'", '&', '&lt', '\n', '\r', 'ü', '<!--', '<script>', '</script', ']]>', '<![CDATA['),
      { maxLength: 30 },
    ); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(soup, async (pieces) => {
        await expect(rewrite(pieces.join(''), { nothing: mark })).resolves.toBe(pieces.join(''));
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['that the head says', Buffer.from('<p title=ü>', 'latin1'), 'iso-8859-1'],
    ['that the page says', Buffer.from('<meta charset="latin1"><p title=ü>', 'latin1'), undefined],
    ['that is UTF-8 where nobody says one', Buffer.from('<p title=ü>'), undefined],
  ])('reads a charset %s, and writes UTF-8', async (_, page, charset) => {
    const made = await rewrite(page, { '[title="ü"]': (element) => element.setAttribute('title', '€') }, charset);
    expect(made.endsWith('<p title="€">')).toBe(true);
  });

  it.each([
    ['a tag without end', `<a ${'x'.repeat(1_100_000)}`, 'a tag or comment of more than 1048576 characters'],
    ['too deep a page', '<div>'.repeat(600), 'more than 512 elements inside each other'],
  ])('fails on %s', async (_, page, message) => {
    await expect(rewrite(page, { b: mark })).rejects.toThrow(message);
  });

  it('fails where a function does', async () => {
    const broken = (): never => {
      throw new Error('broken');
    };
    await expect(rewrite('<p>', { p: broken })).rejects.toThrow('broken');
    await expect(rewrite('<p>', { p: (element) => element.setAttribute('x y', '') })).rejects.toThrow(
      '"x y" is no name of an attribute',
    );
  });
});

const folder = makeSite({
  'a.html': '<title>A</title><body><a href="http://x/">x</a></body>\n',
  'a.txt': '<a href="http://x/">',
  'a.html.gz': gzipSync('<a>'),
});

function app(lines: string): ReturnType<typeof testApp> {
  writeFileSync(
    `${folder}/httpd.conf`,
    `DocumentRoot .\nAddEncoding gzip .gz\nSetOutputFilter HTML_REWRITE\n${lines}\n`,
  );
  return testApp(`${folder}/httpd.conf`);
}

describe('HtmlRewrite', () => {
  const rules = `HtmlRewrite "a[href^='http:']" set-attribute rel noopener
HtmlRewrite a remove-attribute href
HtmlRewrite title set-text "%{unescape:%{QUERY_STRING}} & more"
<Location /a.html>
HtmlRewrite body append "<p>%{unescape:%{QUERY_STRING}}</p>"
</Location>`;

  it('changes pages, and says so in their head', async () => {
    const { headers } = await request(await app(rules))
      .get('/a.html?<b>')
      .expect(200, '<title>&lt;b&gt; &amp; more</title><body><a rel="noopener">x</a><p>&lt;b&gt;</p></body>\n');
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
    expect(headers).not.toHaveProperty('etag');
  });

  it('has nothing to do with other types, and with what is in a coding', async () => {
    const listener = await app(rules);
    const { headers } = await request(listener).get('/a.txt').expect(200, '<a href="http://x/">');
    expect(headers).toHaveProperty('etag');
    await request(listener).get('/a.html.gz').set('Accept-Encoding', 'gzip').expect(200, '<a>');
    expect((await request(listener).get('/missing').expect(404)).text).not.toContain('noopener');
  });

  it('answers HEAD without the length of the original', async () => {
    const { headers } = await request(await app(rules))
      .head('/a.html')
      .expect(200);
    expect(headers).not.toHaveProperty('etag');
    expect(headers['content-length']).not.toBe('55');
  });

  it.each([
    ['HtmlRewrite a:hover remove', 'httpd.conf:4: the selector "a:hover": at ":hover", pseudo-classes'],
    ['HtmlRewrite a remov', 'HtmlRewrite knows no action "remov"; did you mean'],
    ['HtmlRewrite a remove x', 'HtmlRewrite: remove takes no arguments, not 1 arguments'],
    ['HtmlRewrite a set-attribute x', 'HtmlRewrite: set-attribute takes name value, not 1 arguments'],
    ['HtmlRewrite a set-attribute "x y" z', 'HtmlRewrite: "x y" is no name of an attribute'],
    ['HtmlRewrite a append "%{"', 'httpd.conf:4'],
  ])('refuses %s', async (line, message) => {
    await expect(app(line)).rejects.toThrow(message);
  });
});
