import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApp } from '../../index.ts';
import { type Site, closeSites, exchange, serve, statusesIn } from '../core/host/raw-client.ts';
import { makeSite } from '../make-site.ts';

const secret = 'what nobody may read';
const folder = makeSite({
  'htdocs/index.html': 'the front page',
  'htdocs/sub/page.html': 'a page',
  'htdocs/private/plan.txt': secret,
  'htdocs/.env': secret,
  'htdocs/.htpasswd': secret,
  'htdocs-private/plan.txt': secret,
  'secret.txt': secret,
});
let site: Site;

beforeAll(async () => {
  site = await serve({
    documentRoot: `${folder}/htdocs`,
    alias: ['/open', `${folder}/htdocs/sub`],
    sections: [
      { location: '/private', require: 'all denied' },
      { directory: `${folder}/htdocs/sub`, options: '+FollowSymLinks' },
    ],
  });
});
afterAll(closeSites);

/** Asks for all targets on a few kept connections, as they are; gives status and body of each. */
async function askAll(targets: readonly string[]): Promise<{ target: string; status: number; text: string }[]> {
  const answers: { target: string; status: number; text: string }[] = [];
  const rest = targets.values();
  const work = async (): Promise<void> => {
    for (const target of rest) {
      const received = await exchange(site.port, `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      answers.push({ target, status: statusesIn(received)[0] ?? 0, text: received });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return answers;
}

/** Every way to write what leads upwards, times every separator, times every depth and place to begin. */
function traversals(): string[] {
  const dots = [
    '..',
    '%2e%2e',
    '.%2e',
    '%2E.',
    '%252e%252e',
    '..%00',
    '%c0%ae%c0%ae',
    '%e0%80%ae%e0%80%ae',
    '...',
    '..;',
    '.. ',
    '..%20',
    '..%09',
    '%u002e%u002e',
    '..::$DATA',
  ];
  const separators = ['/', '//', '/./', '%2f', '%252f', '%5c', '\\', '%255c', '%c0%af', ';/', '%00/', '/%2e/'];
  const begins = ['/', '/sub/', '/open/', '/open', '//', '/.', '/private/', '/nowhere/'];
  const ends = ['secret.txt', 'htdocs-private/plan.txt', 'etc/passwd', 'secret.txt%00.html'];
  return begins.flatMap((begin) =>
    dots.flatMap((dot) =>
      separators.flatMap((separator) =>
        [1, 2, 6].map(
          (depth, at) => `${begin}${`${dot}${separator}`.repeat(depth)}${ends[(at + dot.length) % ends.length]}`,
        ),
      ),
    ),
  );
}

describe('paths that lead out of the document root', () => {
  it('open nothing, in thousands of spellings, and are never an error of the server', async () => {
    // A space ends the target.
    const targets = traversals().map((target) => target.replaceAll(' ', '+'));
    expect(targets.length).toBeGreaterThan(3_000);
    const answers = await askAll(targets);
    expect(answers.filter(({ text }) => text.includes(secret) || text.includes('root:'))).toEqual([]);
    expect(answers.filter(({ status }) => ![200, 301, 400, 403, 404].includes(status))).toEqual([]);
    expect(answers.filter(({ status, text }) => status === 200 && !/the front page|a page/.test(text))).toEqual([]);
  });

  it.each([
    '/../htdocs-private/plan.txt',
    '/sub/../../htdocs-private/plan.txt',
    '-private/plan.txt',
    '/open/../../htdocs-private/plan.txt',
    '/open../private/plan.txt',
  ])('never reach the folder next to it: %s', async (target) => {
    const [answer] = await askAll([target]);
    expect(answer!.text).not.toContain(secret);
    expect([400, 403, 404]).toContain(answer!.status);
  });
});

describe('a section that refuses', () => {
  const spellings = [
    '/private/plan.txt',
    '//private/plan.txt',
    '/./private/plan.txt',
    '/sub/../private/plan.txt',
    '/%70rivate/plan.txt',
    '/private//plan.txt',
    '/private/./plan.txt',
    '/private/plan.txt/',
    '/private/plan.txt%20',
    '/private/plan.txt.',
    '/private/plan.txt%0a',
    '/private%2fplan.txt',
    '/private%5cplan.txt',
    '\\private\\plan.txt',
    '/private;a=b/plan.txt',
    '/PRIVATE/plan.txt',
    '/private/plan.txt%00',
    '/private/plan.txt;',
    '/open/../private/plan.txt',
    'http://a/private/plan.txt',
    'http://a//private/plan.txt',
  ];

  it.each(spellings)('refuses every spelling of the file: %s', async (target) => {
    const [answer] = await askAll([target]);
    expect(answer!.text).not.toContain(secret);
    expect([400, 403, 404]).toContain(answer!.status);
  });
});

describe('a redirect', () => {
  it.each([
    '//evil.example/%2e%2e',
    '//evil.example/..',
    '/\\evil.example/sub',
    '/%5cevil.example/..',
    '//sub',
    '///sub',
    '/.//sub',
    '/sub?//evil.example',
    '//evil.example%2fsub',
  ])('never leads to another host: %s', async (target) => {
    const [answer] = await askAll([target]);
    const [, location] = /^Location: (.*)\r$/m.exec(answer!.text) ?? [];
    expect(location ?? '/').not.toMatch(/^\/\/|^\/\\|^https?:\/\/(?!a[/:])/);
  });
});

describe('error pages', () => {
  const marked = 'xYz<script>';

  it.each([
    ['not found', `GET /${marked} HTTP/1.1\r\nHost: a\r\n`],
    ['forbidden', `GET /private/${marked} HTTP/1.1\r\nHost: a\r\n`],
    ['bad target', `GET /%zz${marked} HTTP/1.1\r\nHost: a\r\n`],
    ['bad host', `GET / HTTP/1.1\r\nHost: ${marked}\r\n`],
    ['bad version', `GET /${marked} HTTP/7.0\r\nHost: a\r\n`],
    ['no request', `${marked} xYz\r\n`],
    ['bad field', `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${marked}\r\n${marked}\r\n`],
    ['too long a field', `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${marked.repeat(900)}\r\n`],
    ['bad expectation', `GET / HTTP/1.1\r\nHost: a\r\nExpect: ${marked}\r\n`],
    ['method', `PROPFIND /?${marked} HTTP/1.1\r\nHost: a\r\nX: ${marked}\r\n`],
  ])('never repeat what the request said: %s', async (_, head) => {
    const received = await exchange(site.port, `${head}Connection: close\r\n\r\n`);
    expect(statusesIn(received)[0]).toBeGreaterThanOrEqual(400);
    expect(received).not.toContain('xYz');
  });
});

describe('a handler file that breaks', () => {
  const source = `export default () => 'made'; // ${secret}\n`;
  const config = (lines: string): string =>
    `Listen 127.0.0.1:0\nErrorLog error.log\nDocumentRoot .\n<Files "*.ts">\n  ${lines}\n</Files>\n`;
  const breaking = makeSite({ 'hello.ts': source, 'httpd.conf': config('ContentHandler ./hello.ts') });
  const unnamed = makeSite({ 'hello.ts': source, 'httpd.conf': config('SetHandler no-such-handler') });

  it('is never served, while the old one stays at work', async () => {
    const app = createApp(`${breaking}/httpd.conf`);
    try {
      const [url] = await app.start();
      const ask = async (): Promise<string> => (await fetch(`${url}hello.ts`)).text();
      expect(await ask()).toBe('made');
      writeFileSync(`${breaking}/hello.ts`, `export default ( => '${secret}';\n`);
      await expect(app.reload()).rejects.toThrow(`${breaking}/httpd.conf:5: ./hello.ts can't be imported`);
      expect(await ask()).toBe('made');
    } finally {
      await app.stop();
    }
  });

  it('is not served either where its handler has a name that no plugin knows', async () => {
    const app = createApp(`${unnamed}/httpd.conf`);
    try {
      const [url] = await app.start();
      const response = await fetch(`${url}hello.ts`);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain(secret);
      expect(readFileSync(`${unnamed}/error.log`, 'utf8')).toContain('no-such-handler');
    } finally {
      await app.stop();
    }
  });
});
