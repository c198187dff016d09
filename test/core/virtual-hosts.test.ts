import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../index.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

const config: ConfigObject = {
  serverName: 'main.example',
  contentHandler: () => 'main',
  sections: [
    {
      virtualHost: '*:*',
      serverName: 'one.example',
      serverAlias: ['*.one.example', 'uno.example'],
      contentHandler: () => 'one',
    },
    { virtualHost: '*:*', serverName: 'two.example', contentHandler: () => 'two' },
  ],
};

describe('the virtual host of a request', () => {
  it.each([
    ['one.example', 'one'],
    ['ONE.example:8080', 'one'],
    ['one.example.', 'one'],
    ['www.one.example', 'one'],
    ['uno.example', 'one'],
    ['two.example', 'two'],
    ['unknown.example', 'one'],
    ['[::1]', 'one'],
  ])('for Host: %s is %s; the first one is for names that nobody has', async (host, expected) => {
    await request(await testApp(config))
      .get('/')
      .set('Host', host)
      .expect(200, expected);
  });

  it('is chosen by address first', async () => {
    const byAddress: ConfigObject = {
      contentHandler: () => 'main',
      sections: [
        { virtualHost: '192.0.2.1', serverName: 'a.example', contentHandler: () => 'a' },
        { virtualHost: '192.0.2.1:8080', serverName: 'b.example', contentHandler: () => 'b' },
      ],
    };
    const at = async (localIp: string, url: string): Promise<string> => {
      const r = fakeRequest({ url, localIp });
      await runPhase('content', r, byAddress);
      return (await r.sent()).text;
    };
    expect(await at('192.0.2.1', 'http://b.example:8080/')).toBe('b');
    expect(await at('192.0.2.1', 'http://b.example/')).toBe('a');
    expect(await at('192.0.2.9', 'http://a.example/')).toBe('main');
  });

  it('is the main server where there are none', async () => {
    await request(await testApp({ contentHandler: () => 'main' }))
      .get('/')
      .set('Host', 'any.example')
      .expect('main');
  });

  it('inherits from the main server, and keeps its own sections to itself', async () => {
    const app = await testApp({
      contentHandler: () => 'main',
      sections: [
        { location: '/shared', contentHandler: () => 'shared' },
        {
          virtualHost: '*:*',
          serverName: 'one.example',
          sections: [{ location: '/own', contentHandler: () => 'own' }],
        },
        { virtualHost: '*:*', serverName: 'two.example' },
      ],
    });
    const answer = async (host: string, path: string): Promise<string> =>
      (await request(app).get(path).set('Host', host)).text;
    expect(await answer('one.example', '/shared')).toBe('shared');
    expect(await answer('one.example', '/own')).toBe('own');
    expect(await answer('two.example', '/own')).toBe('main');
  });

  it('must have addresses that are some', async () => {
    await expect(testApp({ sections: [{ virtualHost: 'exa mple' }] })).rejects.toThrow(
      '<VirtualHost> takes addresses such as',
    );
  });
});
