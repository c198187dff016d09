import { describe, expect, it } from '@jest/globals';
import { redirectRecord } from '../../core/request-derivation.ts';
import { compileLogFormat } from '../../phases/log-format.ts';
import { type FakeRequestOptions, fakeRequest } from '../../testing/fake-request.ts';

function line(format: string, options: FakeRequestOptions = {}): string {
  return compileLogFormat(format)(fakeRequest(options));
}

/** A request for /old that was redirected internally to /new. */
function redirected(): ReturnType<typeof fakeRequest> {
  const r = fakeRequest({ url: '/old?a', user: 'first' });
  const next = redirectRecord(r, '/new?b', undefined);
  next.uri = '/new';
  next.args = 'b';
  next.user = 'last';
  next.handler = 'later';
  next.status = 404;
  return r;
}

const secret = { headers: { Authorization: 'x', 'User-Agent': 'curl' } };

describe('items of LogFormat', () => {
  it.each<[string, FakeRequestOptions, string]>([
    ['%a %{c}a %h', { clientIp: '192.0.2.1' }, '192.0.2.1 192.0.2.1 192.0.2.1'],
    ['%A', { localIp: '::1' }, '::1'],
    ['%{COLOUR}e %{absent}e', { env: { COLOUR: 'b"lue\n' } }, 'b\\"lue\\n -'],
    ['%{COLOUR}e', {}, '-'],
    ['%{seen}n %{absent}n', { notes: { seen: 'zwei\x1b' } }, 'zwei\\x1b -'],
    ['%f', { filename: '/srv/ü' }, '/srv/\\xc3\\xbc'],
    ['%R', { handler: 'cgi-script' }, 'cgi-script'],
    ['%f %R %u %l', {}, '- - - -'],
    ['%u', { user: '' }, '""'],
    ['%u', { user: 'a b' }, 'a b'],
    ['%{remote}p %{LOCAL}p %p %{canonical}p', { url: 'http://a.test:8080/' }, '0 8080 80 80'],
    ['%p', { url: 'https://a.test/' }, '443'],
    ['%P %{pid}P %{tid}P', {}, `${process.pid} ${process.pid} ${process.pid}`],
    ['%{hextid}P', {}, process.pid.toString(16)],
    ['%q|%U', { url: '/a%20b' }, '|/a b'],
    ['%{Set-Cookie}o %{ETag}o %{content-type}o', {}, '- - -'],
    ['%{content-type}o', { contentType: 'text/html; charset=utf-8' }, 'text/html'],
    ['%T %{s}T %{unknown}i', {}, '0 0 -'],
    ['%200{User-Agent}i %!200{User-Agent}i', secret, 'curl -'],
    ['%404,500{User-Agent}i %!404,500{User-Agent}i %!!404s', secret, '- curl -'],
    ['%{200,!}i %{%}i %{}i', secret, '- - -'],
    ['\\t|\\n|\\\\|\\q|"', {}, '\t|\n|\\|\\q|"'],
    ['100%% %%s', {}, '100% %s'],
    ['', {}, ''],
  ])('%j of %j is %j', (format, options, expected) => {
    expect(line(format, options)).toBe(expected);
  });

  it('shows headers that errors keep, all cookies in one, and statuses', () => {
    const r = fakeRequest();
    r.status = 206;
    r.headersOut.set('X-Answer', 'a"b');
    r.headersOut.append('Set-Cookie', 'a=1');
    r.errHeadersOut.append('Set-Cookie', 'b=2');
    r.errHeadersOut.set('Vary', '*');
    expect(compileLogFormat('%s %{x-answer}o %{Set-Cookie}o %{Vary}o')(r)).toBe('206 a\\"b a=1, b=2 *');
  });

  it('counts the time from the arrival, in whole units', () => {
    const r = fakeRequest();
    const waited = performance.now() - r.started;
    const [us, alsoUs, ms, s] = compileLogFormat('%D %{us}T %{ms}T %{s}T')(r).split(' ').map(Number);
    expect(us).toBeGreaterThanOrEqual(Math.floor(waited * 1000));
    expect(alsoUs).toBeGreaterThanOrEqual(us!);
    expect(ms).toBeGreaterThanOrEqual(Math.floor(waited));
    expect([us, alsoUs, ms, s].every(Number.isInteger)).toBe(true);
  });

  it('has an id that is the same every time, and one for the connection', () => {
    const r = fakeRequest();
    expect(compileLogFormat('%L %L %{c}L')(r)).toBe(`${r.logId} ${r.logId} ${r.connection.id}`);
  });

  it('escapes everything that a client may choose', () => {
    const evil = '"\\\x07\x1b[31m\xff';
    const shown = '\\"\\\\\\x07\\x1b[31m\\xff';
    const r = fakeRequest({ headers: { 'User-Agent': evil, Cookie: `a=${evil}` } });
    r.method = r.protocol = 'A\nB';
    expect(compileLogFormat('%{User-Agent}i %{a}C %m %H')(r)).toBe(`${shown} ${shown} A\\nB A\\nB`);
    r.clientIp = '1\r\n2';
    expect(compileLogFormat('%h %a')(r)).toBe('1\\r\\n2 1\\r\\n2');
  });
});

describe('a request that was redirected internally', () => {
  it.each([
    ['%U %<U %>U', '/old /old /new'],
    ['%q %<q %>q', '?b ?a ?b'],
    ['%u %<u %>u', 'last first last'],
    ['%s %<s %>s', '200 200 404'],
    ['%R %<R %>R', '- - later'],
    ['%r', 'GET /old?a HTTP/1.1'],
    ['%404s %!404s %404{x}<U', '200 - /old'],
    ['%<>U %><U', '/new /old'],
  ])('%s shows %s', (format, expected) => {
    expect(compileLogFormat(format)(redirected())).toBe(expected);
  });
});

describe('times', () => {
  const at = (format: string, time: number): string => {
    const r = fakeRequest();
    return compileLogFormat(format)(Object.assign(r, { requestTime: time }));
  };
  const time = new Date(2026, 10, 1, 9, 5, 7, 42).getTime();

  it.each([
    ['%{%d.%m.%Y %T}t', '01.11.2026 09:05:07'],
    ['%{begin:%H}t', '09'],
    ['%{begin:msec_frac}t %{usec_frac}t', '042 042000'],
    ['%{sec}t', String(Math.floor(time / 1000))],
    ['%{msec}t %{usec}t', `${time} ${time}000`],
  ])('%s shows %s', (format, expected) => {
    expect(at(format, time)).toBe(expected);
  });

  it.each(['%t', '%{begin}t', '%{begin:}t'])('%s is the common log format', (format) => {
    expect(at(format, time)).toMatch(/^\[01\/Nov\/2026:09:05:07 [+-]\d{4}\]$/);
  });

  it('changes with the second, back and forth', () => {
    const format = compileLogFormat('%{%S}t');
    const seconds = [0, 999, 1000, 61_000, 0].map((after) =>
      format(Object.assign(fakeRequest(), { requestTime: new Date(2026, 0, 1, 0, 0, 5).getTime() + after })),
    );
    expect(seconds).toEqual(['05', '05', '06', '06', '05']);
  });

  it('takes the time of logging for end', () => {
    const before = Date.now();
    const ended = Number(at('%{end:msec}t', 0));
    expect(ended).toBeGreaterThanOrEqual(before);
    expect(ended).toBeLessThanOrEqual(Date.now());
    expect(at('%{end}t', 0)).toContain(`/${new Date(before).getFullYear()}:`);
  });
});

describe('a bad LogFormat', () => {
  it.each([
    ['%h %Z', 'LogFormat "%h %Z": there is no item %Z; known are %% %a'],
    ['%>', 'LogFormat "%>" ends in the middle of %>'],
    ['%{x', 'LogFormat "%{x": there is no item %{'],
    ['%^FX', 'there is no item %^FX'],
    ['%^', 'there is no item %^'],
    ['%{y}T', '%{y}T is unknown: expected s, ms, us in the braces'],
    ['%{constructor}p', '%{constructor}p is unknown: expected canonical, local, remote in the braces'],
    ['%{%Z}t', 'there is no time item %Z'],
  ])('%s is refused', (format, message) => {
    expect(() => compileLogFormat(format)).toThrow(message);
  });
});
