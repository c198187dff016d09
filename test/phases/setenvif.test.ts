import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

async function variables(config: ConfigObject, r = makeRequest()): Promise<Record<string, string>> {
  await runPhase('postReadRequest', r, config);
  return Object.fromEntries(r.env);
}

function makeRequest(): ReturnType<typeof fakeRequest> {
  const headers = { 'User-Agent': 'Mozilla/5.0 (X11) curl', Referer: 'http://a.test/' };
  return fakeRequest({ url: '/a/b.gif?q', clientIp: '192.0.2.1', localIp: '192.0.2.2', headers });
}

describe('SetEnvIf', () => {
  it.each<[readonly string[], Record<string, string>]>([
    [['Request_URI', '\\.gif$', 'image'], { image: '1' }],
    [['Request_URI', '\\.GIF$', 'image'], {}],
    [['request_uri', '^/(.)/(.)', 'letters=$2$1', 'all=$0', 'none=<$7>'], { letters: 'ba', all: '/a/b', none: '<>' }],
    [['Request_URI', 'q', 'query'], {}],
    [['Remote_Addr', '^192\\.0\\.2\\.1$', 'near'], { near: '1' }],
    [['Remote_Host', '^192\\.0\\.2\\.1$', 'near'], { near: '1' }],
    [['Server_Addr', '^192\\.0\\.2\\.2$', 'here=yes'], { here: 'yes' }],
    [['Request_Method', '^GET$', 'read'], { read: '1' }],
    [['Request_Protocol', 'HTTP/1\\.1', 'modern'], { modern: '1' }],
    [['Referer', 'a\\.test', 'from_us', '!nothing', 'empty='], { from_us: '1', empty: '1' }],
    [['X-Absent', '^$', 'absent'], { absent: '1' }],
    [['^Ref', '^http', 'by_pattern'], { by_pattern: '1' }],
    [['^ref', '^http', 'by_pattern'], {}],
    [['Referer', '(a)', 'dollar=\\$1-$1'], { dollar: '$1-a' }],
    [['Referer', 'a', '__proto__=x'], JSON.parse('{ "__proto__": "x" }') as Record<string, string>],
  ])('%j', async (setEnvIf, expected) => {
    expect(await variables({ setEnvIf })).toEqual(expected);
  });

  it('sees the variables that earlier lines set, and can remove them', async () => {
    const setEnvIf = [
      ['Request_Method', 'GET', 'a=x', 'b'],
      ['a', '^x$', 'c=from-$0', '!b'],
    ];
    expect(await variables({ setEnvIf })).toEqual({ a: 'x', c: 'from-x' });
  });

  it('can look away from letter case', async () => {
    expect(await variables({ setEnvIfNoCase: ['Request_URI', '\\.GIF$', 'image'] })).toEqual({ image: '1' });
    expect(await variables({ setEnvIfNoCase: ['^REF', 'HTTP', 'by_pattern'] })).toEqual({ by_pattern: '1' });
  });

  it('can ask an expression, whose last match gives the groups', async () => {
    const setEnvIfExpr = [
      ['%{REQUEST_URI} =~ m#/(\\w)\\.gif#', 'letter=$1'],
      ['false', 'never'],
    ];
    expect(await variables({ setEnvIfExpr })).toEqual({ letter: 'b' });
  });

  it('waits for an expression that needs a subrequest before the next line', async () => {
    const config: ConfigObject = {
      errorLog: '/dev/null',
      sections: [
        {
          location: '/',
          setEnvIfExpr: ['-U "/"', 'a=1'],
          setEnvIf: ['a', '1', 'b=2'],
          contentHandler: (r: RequestRecord) => [...r.env].join(' '),
        },
      ],
    };
    await request(await testApp(config))
      .get('/x')
      .expect(200, 'a,1 b,2');
  });

  it('knows browsers by a directive of their own', async () => {
    expect(await variables({ browserMatch: '^Mozilla/(.) v=$1', browserMatchNoCase: 'CURL curl' })).toEqual({
      v: '5',
      curl: '1',
    });
  });

  it('in a section is asked when the sections are known, and only then', async () => {
    const config = { setEnvIf: 'Request_Method . outer', sections: [{ location: '/a', setEnvIf: 'outer 1 inner' }] };
    const r = makeRequest();
    await runPhase('postReadRequest', r, config);
    expect([...r.env]).toEqual([['outer', '1']]);
    r.env.set('outer', '10');
    await runPhase('headerParser', r, config);
    expect([...r.env]).toEqual([
      ['outer', '10'],
      ['inner', '1'],
    ]);
  });

  it.each<[ConfigObject, string]>([
    [{ setEnvIf: 'Host x' }, 'SetEnvIf takes attribute pattern [!]NAME[=value] …, but was given "Host x"'],
    [{ browserMatch: 'x' }, 'BrowserMatch takes pattern [!]NAME[=value] …'],
    [{ setEnvIf: 'Host (x NAME' }, 'bad regular expression'],
    [{ setEnvIf: 'Host x =1' }, 'expected NAME, NAME=value or !NAME, not "=1"'],
    [{ setEnvIfExpr: 'nonsense( NAME' }, 'nonsense'],
  ])('%j is refused at start', async (config, message) => {
    await expect(testApp(config)).rejects.toThrow(message);
  });
});

describe('the variable nokeepalive', () => {
  it.each<[string, ConfigObject]>([
    ['BrowserMatch', { browserMatch: '^old nokeepalive' }],
    ['SetEnv', { setEnv: 'nokeepalive' }],
  ])('set by %s ends the connection after the response', async (_case, config) => {
    const app = await testApp({ ...config, sections: [{ location: '/', contentHandler: () => 'x' }] });
    await request(app).get('/').set('Connection', 'keep-alive').set('User-Agent', 'old').expect('Connection', 'close');
  });

  it('is nothing to other clients', async () => {
    const app = await testApp({
      browserMatch: '^old nokeepalive',
      sections: [{ location: '/', contentHandler: () => 'x' }],
    });
    await request(app)
      .get('/')
      .set('Connection', 'keep-alive')
      .set('User-Agent', 'new')
      .expect('Connection', 'keep-alive');
  });
});
