import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Site, closeSites, exchange, serve, statusesIn } from './raw-client.ts';
import { requestCases } from './request-cases.ts';

describe('requests as bytes', () => {
  let site: Site;
  beforeAll(async () => {
    site = await serve({
      limitRequestLine: 200,
      limitRequestFieldSize: 200,
      limitRequestFields: 8,
      sections: [
        { virtualHost: '*', serverName: 'narrow', sections: [] },
        { virtualHost: '*', serverName: 'wide', limitRequestFieldSize: 1_000, sections: [] },
        { location: '/', contentHandler: () => 'here' },
        { location: '/read', contentHandler: (r) => r.text() },
        { location: '/slow', contentHandler: () => sleep(20, 'here') },
      ],
    });
  });
  afterAll(closeSites);

  it.each(requestCases)('answers %s', async (_, raw, statuses) => {
    expect(statusesIn(await exchange(site.port, raw))).toEqual(statuses);
  });

  it('logs what it refused without a record', async () => {
    await exchange(site.port, 'BAD\r\n\r\n');
    expect(site.log.messages().join()).toContain('bad request: Parse Error');
  });

  it('takes the host of an absolute target for the one in Host', async () => {
    const { port } = await serve({
      sections: [{ location: '/', contentHandler: (r) => `${r.hostname} ${r.headersIn.get('Host')}` }],
    });
    const raw = 'GET http://b.example:81/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    expect(await exchange(port, raw)).toMatch(/\r\n\r\nb\.example b\.example:81$/);
  });
});
