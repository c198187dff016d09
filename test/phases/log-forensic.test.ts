import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { logForensic } from '../../phases/log-forensic.ts';
import { uniqueId } from '../../phases/unique-id.ts';
import { LogServer } from './log-server.ts';

let server: LogServer;
beforeEach(() => {
  server = new LogServer(logForensic, uniqueId);
});
afterEach(() => server.stop());

const sections = [
  { location: '/page', contentHandler: () => 'page' },
  {
    location: '/look',
    contentHandler: () => server.lines('forensic.log').at(-1)!,
  },
  {
    location: '/old',
    async contentHandler(r: RequestRecord) {
      await r.internalRedirect('/page');
      return OK;
    },
  },
];

describe('ForensicLog', () => {
  it('has the head of a request before it is answered', async () => {
    await server.start({ forensicLog: './forensic.log', sections });
    const answer = await server.get('/look?a=b', 'X-Odd: a|b%c\u00e9\r\n');
    expect(answer).toMatch(/\r\n\r\n\+[\w-]{27}\|GET \/look\?a=b HTTP\/1\.1\|Host:a\.test\|X-Odd:a%7cb%25c%e9$/);
  });

  it('closes what it opened, once for each request', async () => {
    await server.start({ forensicLog: './forensic.log', sections });
    for (const path of ['/page', '/old', '/missing']) await server.get(path);
    const lines = server.lines('forensic.log');
    const opened = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1, 28));
    expect(lines.filter((line) => line.startsWith('-'))).toEqual(opened.map((id) => `-${id}`));
    expect(new Set(opened).size).toBe(3);
  });

  it('takes the id that the request has, which other logs can show', async () => {
    await server.start({
      uniqueId: true,
      forensicLog: './forensic.log',
      customLog: ['./access.log', '-%{UNIQUE_ID}e -%{forensic-id}n'],
      sections,
    });
    await server.get('/page');
    const id = server.lines('forensic.log').at(-1);
    expect(server.lines()).toEqual([`${id} ${id}`]);
  });
});
