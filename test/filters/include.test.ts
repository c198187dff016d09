import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { collectLog, testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const error = '[an error occurred while processing this directive]';
const site = makeSite({
  'a.txt': 'the text of a',
  'echo.shtml': '<!--#set var="x" value="<b>" --><!--#echo var="x" -->',
  'include.shtml': '<!--#include virtual="/a.txt" -->',
  'slow.shtml': 'before <!--#include virtual="/slow" --> after',
  'fails.shtml': '<!--#include virtual="/fails" -->, <!--#include virtual="/fails" onerror="/a.txt" -->',
  'secret.shtml': '<!--#include virtual="/secret/a.txt" -->',
  'secret/a.txt': 'secret',
  'loop.shtml': '(<!--#include virtual="/loop.shtml" -->)',
  'exec.shtml': '<!--#set var="x" value="; echo unsafe" --><!--#exec cmd="echo got $x" -->',
  'signal.shtml': '<!--#exec cmd="exit 3" -->fine',
  'endless.shtml': '<!--#exec cmd="sleep 98765; echo" -->',
  'cgi.shtml': '<!--#exec cgi="/x.cgi" -->',
  'groups.shtml': `<!--#if expr="%{QUERY_STRING} =~ /(.)=(.)/" --><!--#echo var="2" --><!--#echo var="1" --><!--#endif -->`,
  'large.shtml': `${'x'.repeat(300_000)}<!--#echo var="DOCUMENT_NAME" -->${'y'.repeat(300_000)}`,
  'long.shtml': `<!--#echo var="${'x'.repeat(100_000)}" -->`,
  'executable.html': '<!--#echo var="DOCUMENT_NAME" -->',
  'group.html': '<!--#echo var="DOCUMENT_NAME" -->',
  'plain.html': '<!--#echo var="DOCUMENT_NAME" -->',
});
chmodSync(`${site}/executable.html`, 0o744);
chmodSync(`${site}/group.html`, 0o754);
chmodSync(`${site}/plain.html`, 0o644);

const log = collectLog();

function app(options = 'Includes', xBitHack = 'Off'): ReturnType<typeof testApp> {
  return testApp({
    plugins: [log],
    documentRoot: site,
    options,
    xBitHack,
    addType: ['text/html', '.shtml'],
    addOutputFilter: ['INCLUDES', '.shtml'],
    sections: [
      { location: '/secret', require: 'all denied' },
      { location: '/fails', contentHandler: () => 500 },
      {
        location: '/slow',
        contentHandler: async (r: RequestRecord) => {
          await r.write(r.main!.committed ? 'the beginning has left' : 'nothing has left');
          return OK;
        },
      },
    ],
  });
}

async function bodyOf(path: string, options?: string, xBitHack?: string): Promise<string> {
  return (await request(app(options, xBitHack)).get(path).expect(200)).text;
}

describe('The filter INCLUDES', () => {
  it('replaces elements by what they make', async () => {
    expect(await bodyOf('/echo.shtml')).toBe('&lt;b&gt;');
  });

  it('leaves the elements alone where Options Includes is not in force, and says so in the log', async () => {
    expect(await bodyOf('/echo.shtml', 'None')).toContain('<!--#echo');
    expect(log.messages('warn').join()).toContain('Options Includes is not in force');
  });

  it('keeps nothing in the head that is true of the file only', async () => {
    const { headers } = await request(app()).get('/echo.shtml').expect(200);
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('last-modified');
    expect(headers['content-length']).toBe('9');
  });

  it('sends what stands before an element before the included page is made', async () => {
    expect(await bodyOf('/slow.shtml')).toBe('before the beginning has left after');
  });

  it('shows the error message, or what onerror names, where the included page fails', async () => {
    expect(await bodyOf('/fails.shtml')).toBe(`${error}, the text of a`);
  });

  it('includes nothing that the client may not have', async () => {
    expect(await bodyOf('/secret.shtml')).toBe(error);
  });

  it('ends a page that includes itself', async () => {
    expect(await bodyOf('/loop.shtml')).toBe(`${'('.repeat(11)}${error}${')'.repeat(11)}`);
  });

  it('gives the groups of the last regular expression', async () => {
    expect(await bodyOf('/groups.shtml?a=b')).toBe('ba');
  });

  it('takes a large file piece by piece', async () => {
    expect(await bodyOf('/large.shtml')).toBe(`${'x'.repeat(300_000)}large.shtml${'y'.repeat(300_000)}`);
  });

  it('refuses an element that would fill the memory', async () => {
    expect(await bodyOf('/long.shtml')).toBe(error);
    expect(log.messages().join()).toContain('the element echo has more than 65536 bytes');
  });
});

describe('The element exec', () => {
  it('runs a command with the variables in its environment, not in its text', async () => {
    expect(await bodyOf('/exec.shtml')).toBe('got ; echo unsafe\n');
  });

  it('does not mind what the command says at its end', async () => {
    expect(await bodyOf('/signal.shtml')).toBe('fine');
  });

  it('runs nothing under IncludesNOEXEC', async () => {
    expect(await bodyOf('/exec.shtml', 'IncludesNOEXEC')).toBe(error);
    expect(log.messages().join()).toContain('exec is not allowed here; Options Includes would allow it');
  });

  it('ends the command, and what it has started, when the client is gone', async () => {
    const marked = (): string => execFileSync('/bin/sh', ['-c', 'pgrep -f "^sleep 98765" || true']).toString();
    const asked = request(app()).get('/endless.shtml');
    asked.end(() => undefined);
    for (let tries = 0; tries < 50 && marked() === ''; tries++) await setTimeout(100);
    expect(marked()).not.toBe('');
    asked.abort();
    for (let tries = 0; tries < 50 && marked() !== ''; tries++) await setTimeout(100);
    expect(marked()).toBe('');
  });

  it('says that there are no CGI programs', async () => {
    expect(await bodyOf('/cgi.shtml')).toBe(error);
    expect(log.messages().join()).toContain('CGI programs are not run');
  });
});

describe('XBitHack', () => {
  it.each([
    ['Off', '/executable.html', false],
    ['On', '/executable.html', true],
    ['On', '/plain.html', false],
    ['Full', '/group.html', true],
  ])('%s: of %s elements are replaced: %s', async (mode, path, replaced) => {
    expect(await bodyOf(path, 'Includes', mode)).toBe(replaced ? path.slice(1) : '<!--#echo var="DOCUMENT_NAME" -->');
  });

  it('keeps with Full the time of a file that its group may execute, and answers 304', async () => {
    const server = app('Includes', 'Full');
    const { headers } = await request(server).get('/group.html').expect(200);
    await request(server).get('/group.html').set('If-Modified-Since', headers['last-modified']!).expect(304);
    expect((await request(server).get('/executable.html')).headers).not.toHaveProperty('last-modified');
  });
});
