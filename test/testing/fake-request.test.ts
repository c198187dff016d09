import { describe, expect, it } from '@jest/globals';
import { OK, type RequestRecord } from '../../index.ts';
import { fakeRequest, lint, runPhase } from '../../testing/index.ts';

describe('fakeRequest', () => {
  it('gives a record that says what it was given', () => {
    const r = fakeRequest({
      method: 'PUT',
      url: '/a%20b/c?x=1',
      headers: { Accept: 'text/plain', Host: 'example.com' },
      filename: '/srv/a b/c',
      pathInfo: '/more',
      user: 'ann',
      params: { id: '7' },
      clientIp: '192.0.2.7',
      env: { seen: '1' },
      config: { debug: true },
    });
    expect(r).toMatchObject({
      method: 'PUT',
      uri: '/a b/c',
      args: 'x=1',
      unparsedUri: '/a%20b/c?x=1',
      hostname: 'example.com',
    });
    expect(r).toMatchObject({
      filename: '/srv/a b/c',
      pathInfo: '/more',
      user: 'ann',
      params: { id: '7' },
      clientIp: '192.0.2.7',
    });
    expect(r.headersIn.get('accept')).toBe('text/plain');
    expect(r.env.get('seen')).toBe('1');
    expect(r.config.debug).toBe(true);
    expect(r.config.timeout).toBe(60);
  });

  it('gives a GET of / without arguments', () => {
    expect(fakeRequest()).toMatchObject({ method: 'GET', uri: '/', args: undefined, user: undefined, isInitial: true });
  });

  it('hands the body to the handler', async () => {
    const r = fakeRequest({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' });
    expect(await r.json()).toEqual({ a: 1 });
  });

  it('shows what was written, with status and headers', async () => {
    const r = fakeRequest();
    r.status = 201;
    r.contentType = 'text/csv';
    r.headersOut.set('X-Rows', '2');
    await r.write('a,b\n');
    await r.write(Buffer.from('c,d\n'));
    const sent = await r.sent();
    expect(sent).toMatchObject({ status: 201, text: 'a,b\nc,d\n', cut: false });
    expect(sent.headers.get('Content-Type')).toBe('text/csv');
    expect(sent.headers.get('X-Rows')).toBe('2');
  });

  it('keeps what was logged', () => {
    const r = fakeRequest();
    r.log('odd', 'warn', 'mine');
    expect(r.logged).toEqual([{ level: 'warn', message: 'odd', module: 'mine' }]);
  });
});

describe('runPhase', () => {
  const sections = [
    { location: '/a', fixupHandler: (r: RequestRecord) => (r.notes.set('fixed', r.user ?? ''), OK) },
    { location: '/b', accessHandler: () => 403 as const, contentHandler: () => ({ answer: 42 }) },
  ];

  it('runs one phase under the sections that match the URI', async () => {
    const r = fakeRequest({ url: '/a/x', user: 'ann' });
    expect(await runPhase('fixup', r, { sections })).toBe(OK);
    expect(r.notes.get('fixed')).toBe('ann');
  });

  it('gives the status of a refusal, and DECLINED where nobody is asked', async () => {
    expect(await runPhase('access', fakeRequest({ url: '/b' }), { sections })).toBe(403);
    expect(await runPhase('access', fakeRequest({ url: '/c' }), { sections })).toBe(-1);
  });

  it('writes the body that a content handler returns', async () => {
    const r = fakeRequest({ url: '/b' });
    expect(await runPhase('content', r, { sections })).toBe(OK);
    expect((await r.sent()).text).toBe('{"answer":42}');
  });

  it('runs hooks of plugins, too', async () => {
    const plugins = [
      { name: 'stamp', phases: { postReadRequest: (r: RequestRecord) => (r.notes.set('stamp', '1'), OK) } },
      lint(),
    ];
    const r = fakeRequest();
    expect(await runPhase('postReadRequest', r, { plugins })).toBe(OK);
    expect(r.notes.get('stamp')).toBe('1');
  });

  it('judges a wrong verdict and says why in the log', async () => {
    const r = fakeRequest();
    expect(await runPhase('type', r, { typeHandler: (() => undefined) as never })).toBe(500);
    expect(r.logged[0]?.message).toContain('returned undefined in the phase type');
  });

  it('rejects with the error of a bad config', async () => {
    await expect(runPhase('fixup', fakeRequest(), { fixupHandler: './missing.ts' })).rejects.toThrow(
      'there is no file',
    );
  });
});
