import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../core/plugin.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { DECLINED, OK, type Verdict } from '../../core/verdict.ts';
import { LogServer } from './log-server.ts';

interface Recording {
  readonly items: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly requests: readonly string[];
    readonly lines: readonly string[];
  }[];
}

/** Requests, and what Apache wrote about each, item by item. */
const recording = JSON.parse(readFileSync(new URL('apache-log-lines.json', import.meta.url), 'utf8')) as Recording;

/** Differences that are meant: case and item, with what is written here. */
const hidden = 'http://me:XXXXXXXX@asked.test/hello.txt';
const differences = new Map<string, Readonly<Record<string, string>>>([
  // A refused target is shown as it came, but never with its password.
  ['a password in the absolute form', { '%U': hidden, '%<U': hidden, '%>U': hidden }],
  // The error document of a HEAD request is asked for by HEAD.
  ['an error document for HEAD', { '%m': 'HEAD' }],
  // Lines of cookies are joined by semicolons, so that the later ones can be read.
  ['two lines of cookies', { '%{sid}C': '3', '%{SID}C': '3' }],
]);

/** What SetEnvIf, Header and Basic authentication did in the recorded server. */
const surroundings = definePlugin({
  name: 'surroundings',
  phases: {
    postReadRequest(r) {
      if (r.headersIn.get('User-Agent')?.includes('mark') === true) r.env.set('MARK', 'blue');
      return DECLINED;
    },
    authenticate: { handler: authenticate },
    fixup(r) {
      r.headersOut.set('X-Answer', 'yes');
      return DECLINED;
    },
  },
});

function authenticate(r: RequestRecord): Verdict {
  const credentials = r.headersIn.get('Authorization')?.replace('Basic ', '');
  if (credentials === undefined) return 401;
  r.user = Buffer.from(credentials, 'base64').toString().replace(/:.*/, '');
  return r.user === 'nobody' ? 401 : OK;
}

function hello(r: RequestRecord): string {
  r.contentType = 'text/plain';
  r.headersOut.append('Set-Cookie', 'a=1');
  r.headersOut.append('Set-Cookie', 'b=2');
  return 'Hello\n';
}

function show(text: string, contentType: string): (r: RequestRecord) => string {
  return (r) => {
    r.contentType = contentType;
    return text;
  };
}

const server = new LogServer(surroundings);

beforeAll(async () => {
  await server.start({
    serverName: 'named.test:8081',
    errorDocument: [
      [400, 'Bad'],
      [401, 'Who?'],
      [404, '/gone.html'],
    ],
    customLog: ['./access.log', recording.items.join('\t')],
    sections: [
      { location: '/hello.txt', contentHandler: hello },
      { location: '/gone.html', contentHandler: show('<p>Gone\n', 'text/html') },
      { location: '/private', authenticateHandler: authenticate, contentHandler: show('secret\n', 'text/plain') },
    ],
  });
});
afterAll(() => server.stop());

describe('access log lines are what Apache 2.4.71 writes for', () => {
  it.each(recording.cases)('$name', async ({ name, requests, lines }) => {
    const before = server.lines().length;
    await server.send(...requests);
    const written = server.lines().slice(before).map(itemByItem);
    const expected = lines.map((line) => ({ ...itemByItem(line), ...differences.get(name) }));
    expect(written).toEqual(expected);
  });
});

function itemByItem(line: string): Record<string, string | undefined> {
  const texts = line.split('\t');
  return Object.fromEntries(recording.items.map((item, index) => [item, texts[index]]));
}
