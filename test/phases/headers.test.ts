import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { testApp } from '../../testing/index.ts';

type Lines = readonly (readonly string[])[];

function site(header: Lines, more: object = {}): ConfigObject {
  return {
    errorLog: '/dev/null',
    ...(header.length > 0 && { header }),
    sections: [{ location: '/', contentHandler: hello, ...more }],
  };
}

function hello(r: RequestRecord): string {
  r.headersOut.append('X-List', 'a, b');
  r.headersOut.append('X-Twice', 'one');
  r.headersOut.append('X-Twice', 'two');
  return 'hello';
}

/** The headers that lines of Header leave in an answer, without those that every answer has. */
async function headersAfter(header: Lines, sent: Record<string, string> = {}): Promise<Record<string, string>> {
  const response = await request(await testApp(site(header)))
    .get('/')
    .set(sent);
  expect(response.status).toBe(200);
  return Object.fromEntries(
    Object.entries(response.headers as Record<string, string>).filter(([name]) => name.startsWith('x-')),
  );
}

const untouched = { 'x-list': 'a, b', 'x-twice': 'one, two' };

describe('Header', () => {
  it.each<[string, Lines, Record<string, string>]>([
    ['set', [['set', 'X-New', 'yes']], { 'x-new': 'yes' }],
    ['set, over all that are there', [['set', 'X-Twice', 'three']], { 'x-twice': 'three' }],
    [
      'append',
      [
        ['append', 'X-List', 'c'],
        ['append', 'X-New', '1'],
        ['append', 'X-New', '2'],
      ],
      { 'x-list': 'a, b, c', 'x-new': '1, 2' },
    ],
    ['append, to the first of several', [['append', 'X-Twice', '+']], { 'x-twice': 'one, +, two' }],
    ['add', [['add', 'X-List', 'c']], { 'x-list': 'a, b, c' }],
    ['merge, what is not there', [['merge', 'X-List', 'c']], { 'x-list': 'a, b, c' }],
    ['merge, what is there', [['merge', 'X-List', 'b']], { 'x-list': 'a, b' }],
    ['merge, what differs in letter case', [['merge', 'X-List', 'B']], { 'x-list': 'a, b, B' }],
    [
      'merge, into quoted elements',
      [
        ['set', 'X-List', '"a, c"'],
        ['merge', 'X-List', 'c'],
      ],
      { 'x-list': '"a, c", c' },
    ],
    [
      'setifempty',
      [
        ['setifempty', 'X-List', 'no'],
        ['setifempty', 'X-New', 'yes'],
      ],
      { 'x-new': 'yes' },
    ],
    ['edit, the first match', [['edit', 'X-List', '[ab]', '<$0>']], { 'x-list': '<a>, b' }],
    ['edit, every field of the name', [['edit', 'X-Twice', '^(.)', '$1-']], { 'x-twice': 'o-ne, t-wo' }],
    ['edit*, every match', [['edit*', 'X-List', '([ab])', '\\$$1']], { 'x-list': '$a, $b' }],
    ['edit, what is not there', [['edit', 'X-New', '.*', 'yes']], {}],
    [
      'note, and reading it back',
      [
        ['note', 'X-List', 'kept'],
        ['set', 'X-New', 'expr=%{note:kept}!'],
      ],
      { 'x-new': 'a, b!' },
    ],
    ['a percent sign', [['set', 'X-New', '100%%']], { 'x-new': '100%' }],
    ['a variable that is not there', [['set', 'X-New', '<%{NOPE}e>']], { 'x-new': '<(null)>' }],
    ['a TLS variable without TLS', [['set', 'X-New', '%{SSL_PROTOCOL}s']], { 'x-new': '(null)' }],
    ['a colon behind the name', [['set', 'X-New:', 'yes']], { 'x-new': 'yes' }],
    ['env=, which is not set', [['set', 'X-New', 'no', 'env=nope']], {}],
    ['env=!, which is not set', [['set', 'X-New', 'yes', 'env=!nope']], { 'x-new': 'yes' }],
    ['expr=, which holds', [['set', 'X-New', 'yes', "expr=%{REQUEST_METHOD} == 'GET'"]], { 'x-new': 'yes' }],
    ['expr=, which does not hold', [['set', 'X-New', 'no', "expr=%{REQUEST_METHOD} == 'PUT'"]], {}],
    [
      'expr=, which needs a subrequest',
      [
        ['set', 'X-New', 'yes', 'expr=-U "/"'],
        ['set', 'X-Newer', 'yes'],
      ],
      { 'x-new': 'yes', 'x-newer': 'yes' },
    ],
    ['onsuccess, which is the default', [['onsuccess', 'set', 'X-New', 'yes']], { 'x-new': 'yes' }],
    ['always', [['always', 'set', 'X-New', 'yes']], { 'x-new': 'yes' }],
    [
      'early, which a handler may change later',
      [
        ['set', 'X-New', 'yes', 'early'],
        ['set', 'X-Twice', 'no', 'early'],
      ],
      { 'x-new': 'yes', 'x-twice': 'no, one, two' },
    ],
  ])('%s', async (_case, header, changed) => {
    expect(await headersAfter(header)).toEqual({ ...untouched, ...changed });
  });

  it('unset', async () => {
    expect(await headersAfter([['unset', 'X-Twice']])).toEqual({ 'x-list': 'a, b' });
  });

  it('echo', async () => {
    expect(await headersAfter([['echo', '^x-e']], { 'X-Eins': '1', 'X-Zwei': '2' })).toEqual({
      ...untouched,
      'x-eins': '1',
    });
  });

  it.each([
    ['%t', /^t=\d{16}$/],
    ['%D', /^D=\d+$/],
    ['%l', /^l=[\d.]+\/[\d.]+\/[\d.]+$/],
    ['%i and %b', /^i=\d+ and b=\d+$/],
  ])('writes %s', async (value, expected) => {
    expect((await headersAfter([['set', 'X-New', value]]))['x-new']).toMatch(expected);
  });

  it('writes text beyond ASCII as UTF-8', async () => {
    const app = await testApp(site([['set', 'X-New', 'Zoë']], { contentHandler: () => Buffer.from('hello') }));
    await request(app).get('/').expect('X-New', Buffer.from('Zoë').toString('latin1'));
  });

  it('changes the content type, which the record has as a member', async () => {
    const response = await request(await testApp(site([['edit', 'Content-Type', 'plain', 'x-$0']]))).get('/');
    expect(response.headers['content-type']).toBe('text/x-plain; charset=utf-8');
    const without = await request(await testApp(site([['always', 'unset', 'Content-Type']]))).get('/');
    expect(without.headers).not.toHaveProperty('content-type');
  });

  it('never lets a variable start another header', async () => {
    const fixupHandler = (r: RequestRecord): number => {
      r.env.set('EVIL', 'a\r\nX-Evil: b');
      return 0;
    };
    const app = await testApp(
      site(
        [
          ['set', 'X-New', '%{EVIL}e'],
          ['set', 'X-Newer', 'expr=%{env:EVIL}'],
        ],
        { fixupHandler },
      ),
    );
    const { headers } = await request(app).get('/').expect(200);
    expect(headers).toMatchObject({ 'x-new': 'a  X-Evil: b', 'x-newer': 'a  X-Evil: b' });
  });

  it('leaves the body alone', async () => {
    const body = 'x'.repeat(100_000);
    const contentHandler = async (r: RequestRecord): Promise<number> => {
      for (let at = 0; at < body.length; at += 10_000) await r.write(body.slice(at, at + 10_000));
      return 0;
    };
    const { text, headers } = await request(await testApp(site([['set', 'X-New', 'yes']], { contentHandler }))).get(
      '/',
    );
    expect(headers).toHaveProperty('x-new');
    expect(createHash('sha1').update(text).digest('hex')).toBe(createHash('sha1').update(body).digest('hex'));
  });
});

describe('on an error page', () => {
  const header = [
    ['set', 'X-Success', 'yes'],
    ['always', 'set', 'X-Always', 'yes'],
  ];

  it.each([301, 404, 500])('%d, only the lines with always count', async (status) => {
    const app = await testApp(
      site(header, { contentHandler: (r: RequestRecord) => (r.headersOut.set('Location', '/'), status) }),
    );
    const { headers } = await request(app).get('/').expect(status);
    expect(headers).toHaveProperty('x-always', 'yes');
    expect(headers).not.toHaveProperty('x-success');
  });

  it('from a phase before content they count too', async () => {
    const { headers } = await request(await testApp(site(header, { accessHandler: () => 403 })))
      .get('/')
      .expect(403);
    expect(headers).toHaveProperty('x-always', 'yes');
  });

  it('a challenge can be taken away, so that browsers ask for no password', async () => {
    const authenticateHandler = (r: RequestRecord): number => {
      r.errHeadersOut.set('WWW-Authenticate', 'Basic realm="x"');
      return 401;
    };
    const app = await testApp(site([['always', 'unset', 'WWW-Authenticate']], { authenticateHandler }));
    const { headers } = await request(app).get('/').expect(401);
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  it('an ErrorDocument of this server is an answer like others', async () => {
    const config = site(header, { contentHandler: () => 404, errorDocument: ['404', '/sorry'] });
    const app = await testApp({
      ...config,
      sections: [...config.sections!, { location: '/sorry', contentHandler: () => 'sorry' }],
    });
    const { headers } = await request(app).get('/').expect(404, 'sorry');
    expect(headers).toMatchObject({ 'x-always': 'yes', 'x-success': 'yes' });
  });

  it('a 304 says what the 200 would have said', async () => {
    const app = await testApp(site([['set', 'Cache-Control', 'max-age=60']], { contentHandler: () => 304 }));
    const { headers } = await request(app).get('/').expect(304);
    expect(headers).toHaveProperty('cache-control', 'max-age=60');
  });
});

describe('RequestHeader', () => {
  const echo = (r: RequestRecord): string => r.headersIn.getAll('X-In').join(' | ');

  it.each<[Lines, string]>([
    [[['set', 'X-In', 'new']], 'new'],
    [[['append', 'X-In', 'new']], 'old, new'],
    [[['add', 'X-In', 'new']], 'old | new'],
    [[['edit', 'X-In', 'l', 'LL']], 'oLLd'],
    [[['unset', 'X-In']], ''],
    [[['set', 'X-In', 'new', 'env=nope']], 'old'],
  ])('%j', async (requestHeader, expected) => {
    const app = await testApp(site([], { requestHeader, contentHandler: echo }));
    await request(app).get('/').set('X-In', 'old').expect(200, expected);
  });

  it('is seen by every phase where it comes early', async () => {
    const accessHandler = (r: RequestRecord): number => (r.headersIn.get('X-In') === 'new' ? 0 : 403);
    const config = { ...site([], { accessHandler, contentHandler: echo }), requestHeader: 'set X-In new early' };
    await request(await testApp(config))
      .get('/')
      .expect(200, 'new');
  });

  it('comes too late for access control otherwise', async () => {
    const accessHandler = (r: RequestRecord): number => (r.headersIn.has('X-In') ? 0 : 403);
    const config = { ...site([], { accessHandler }), requestHeader: 'set X-In new' };
    await request(await testApp(config))
      .get('/')
      .expect(403);
  });
});

describe('an inner section', () => {
  it('adds to the lines of the outer one', async () => {
    const app = await testApp(
      site(
        [
          ['set', 'X-New', 'outer'],
          ['set', 'X-Outer', 'yes'],
        ],
        { header: 'set X-New inner' },
      ),
    );
    const { headers } = await request(app).get('/');
    expect(headers).toMatchObject({ 'x-new': 'inner', 'x-outer': 'yes' });
  });
});

describe('a config', () => {
  it.each<[readonly string[], string]>([
    [
      ['frob', 'X', 'a'],
      'Header takes set, append, add, merge, setifempty, unset, echo, note, edit, edit*, not "frob"',
    ],
    [['set', 'X'], 'Header set is written: set header value [early | env=[!]NAME | expr=condition]'],
    [['edit', 'X', 'a'], 'edit header pattern replacement'],
    [['unset', 'X', 'a', 'b'], 'unset header [early'],
    [['set', 'X', 'a', 'b'], 'the last word of Header is early, env=NAME, env=!NAME or expr=condition, not "b"'],
    [['set', 'X', 'a', 'env='], 'not "env="'],
    [['set', 'X', 'a', 'expr=%{NOPE} =='], 'NOPE'],
    [['set', 'X', '%q'], 'unknown format %q'],
    [['set', 'X', '%{A}x'], 'unknown format %{A}x'],
    [['set', 'X Y', 'a'], '"X Y" can\'t be the name of a header'],
    [['set', 'X', 'a\r\nY: b'], "a header's value is one line of text"],
    [['edit', 'X', '(a', 'b'], 'bad regular expression'],
  ])('with Header %j is refused at start', async (header, message) => {
    await expect(testApp(site([header]))).rejects.toThrow(message);
  });

  it('with early in a section is refused, as no section is known then', async () => {
    await expect(testApp(site([], { header: 'set X a early' }))).rejects.toThrow(
      'early comes before any section is known',
    );
  });

  it('with RequestHeader echo is refused, as it makes no sense', async () => {
    await expect(testApp({ requestHeader: 'echo X' })).rejects.toThrow('RequestHeader takes set, append');
  });
});
