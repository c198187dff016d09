import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { FilterContext } from '../../core/filter/filter.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({
  'a.txt': 'text',
  'a.html': '<p>text',
  'other.txt': 'other',
  'shout.js': `export default { data: (chunk, f) => f.passOn(chunk.toString().toUpperCase()) };`,
});

function app(lines: string): ReturnType<typeof testApp> {
  writeFileSync(`${site}/httpd.conf`, `DocumentRoot .\n${lines}\n`);
  return testApp(`${site}/httpd.conf`);
}

const shout = 'OutputFilter SHOUT ./shout.js\n';

describe('names of filters', () => {
  it.each([
    ['SetOutputFilter SHOT', 'httpd.conf:3: SetOutputFilter names the output filter "SHOT"', 'did you mean "SHOUT"?'],
    ['SetInputFilter SHOUT', 'SetInputFilter names the input filter "SHOUT"', 'neither a plugin nor the config'],
    ['AddOutputFilter SHOUT;DEFLAT .txt', 'names the output filter "DEFLAT"', 'did you mean "DEFLATE"?'],
    ['AddInputFilter INFLAT .txt', 'names the input filter "INFLAT"', 'did you mean "INFLATE"?'],
    ['AddOutputFilterByType NO text/plain', 'names the output filter "NO"', 'httpd.conf:3'],
    ['FilterProvider a NO true', 'FilterProvider names the output filter "NO"', 'httpd.conf:3'],
    ['FilterChain no', 'FilterChain names the smart filter or output filter "no"', 'httpd.conf:3'],
    ['FilterProtocol no change=yes', 'FilterProtocol names the smart filter "no"', 'httpd.conf:3'],
    ['FilterTrace no 1', 'FilterTrace names the smart filter "no"', 'httpd.conf:3'],
  ])('are an error at start where nobody has them: %s', async (line, ...messages) => {
    const refusal: unknown = await app(`${shout}${line}`).then(() => undefined, String);
    for (const message of messages) expect(refusal).toContain(message);
  });

  it('may be declared below the line that uses them, and in another section', async () => {
    await app(`SetOutputFilter SHOUT\n<Directory />\n${shout}</Directory>`);
  });

  it('answer 500 from .htaccess, and leave other folders alone', async () => {
    mkdirSync(`${site}/bad`, { recursive: true });
    writeFileSync(`${site}/bad/a.txt`, 'text');
    writeFileSync(`${site}/bad/.htaccess`, 'SetOutputFilter NOSUCH\n');
    const listener = await app(`<Directory .>\nAllowOverride All\nRequire all granted\n</Directory>`);
    await request(listener).get('/bad/a.txt').expect(500);
    await request(listener).get('/a.txt').expect(200, 'text');
  });
});

describe('smart filters', () => {
  const smart = `${shout}FilterProvider loud SHOUT "%{CONTENT_TYPE} == 'text/plain'"\nFilterChain loud\n`;

  it('become their provider where its expression holds', async () => {
    const listener = await app(smart);
    await request(listener).get('/a.txt').expect(200, 'TEXT');
    await request(listener).get('/a.html').expect(200, '<p>text');
  });

  it('may ask an expression that has to wait', async () => {
    const listener = await app(`${shout}FilterProvider loud SHOUT "-U '/a.html'"\nFilterChain loud\n`);
    await request(listener).get('/a.txt').expect(200, 'TEXT');
  });

  it('stay away from answers that are no 200, unless filter-errordocs says otherwise', async () => {
    const document = 'ErrorDocument 404 /other.txt\n';
    await request(await app(smart + document))
      .get('/missing')
      .expect(404, 'other');
    const lines = `${smart}${document}SetEnvIf Request_URI . filter-errordocs\n`;
    await request(await app(lines))
      .get('/missing')
      .expect(404, 'OTHER');
  });

  it('call the init of their provider, which refuses too late', async () => {
    const seen: string[] = [];
    const filter = (answer?: 403): object => ({
      init: (f: FilterContext) => (seen.push(f.name), answer),
      data: (chunk: Uint8Array, f: FilterContext) => f.passOn(chunk),
    });
    const listener = testApp({
      outputFilter: [
        ['POLITE', filter() as never],
        ['RUDE', filter(403) as never],
      ],
      sections: [
        { location: '/polite', addOutputFilterByType: ['POLITE', 'text/plain'], contentHandler: () => 'body' },
        { location: '/rude', addOutputFilterByType: ['RUDE', 'text/plain'], contentHandler: () => 'body' },
      ],
    });
    await request(listener).get('/polite').expect(200, 'body');
    await request(listener).get('/rude').expect(500);
    expect(seen).toEqual(['POLITE', 'RUDE']);
  });

  it('leave ranges of large files alone where no provider matches', async () => {
    writeFileSync(`${site}/large.html`, 'x'.repeat(200_000));
    await request(await app(smart))
      .get('/large.html')
      .set('Range', 'bytes=0-3')
      .expect(206, 'xxxx');
  });

  it('hide Range where FilterProtocol says byteranges=no', async () => {
    const listener = await app(`${smart}FilterProtocol loud byteranges=no\n`);
    const { headers } = await request(listener).get('/a.txt').set('Range', 'bytes=0-1').expect(200, 'TEXT');
    expect(headers['accept-ranges']).toBe('none');
  });

  it('log what passes under FilterTrace', async () => {
    const lines: string[] = [];
    const listener = testApp({
      outputFilter: ['SAME', { data: (chunk, f) => f.passOn(chunk) }],
      logLevel: 'debug',
      filterProvider: ['traced', 'SAME', 'true'],
      filterChain: 'traced',
      filterTrace: ['traced', '2'],
      sections: [
        {
          location: '/',
          contentHandler: (r: RequestRecord) => {
            r.server.log.log = (_level, message) => void lines.push(message);
            return 'body';
          },
        },
      ],
    });
    await request(listener).get('/').expect(200, 'body');
    expect(lines).toEqual(
      expect.arrayContaining(['traced: a brigade with 2 buckets, 4 bytes', 'traced: text, 4 bytes', 'traced: EOS']),
    );
  });
});

describe('the directives of smart filters', () => {
  it.each([
    ['FilterDeclare a SOMEWHERE', 'FilterDeclare knows no place "SOMEWHERE"'],
    ['FilterDeclare a CONTENTSET', 'did you mean "CONTENT_SET"?'],
    ['FilterProvider a SHOUT "%{oops"', 'httpd.conf:3'],
    ['FilterProvider a SHOUT', 'FilterProvider takes three arguments'],
    ['FilterChain +', 'FilterChain takes the name of a filter'],
    ['FilterDeclare a\nFilterProtocol a change=maybe', 'FilterProtocol knows no "change=maybe"'],
    ['FilterDeclare a\nFilterTrace a 3', 'FilterTrace takes the level 0, 1 or 2, not "3"'],
    ['AddOutputFilterByType SHOUT', 'needs at least two arguments'],
    ['AddOutputFilterByType SHOUT .txt', 'takes content types such as text/html, not ".txt"'],
  ])('refuse %s', async (line, message) => {
    await expect(app(`${shout}${line}`)).rejects.toThrow(message);
  });
});
