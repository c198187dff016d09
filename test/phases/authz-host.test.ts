import { describe, expect, it } from '@jest/globals';
import { OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase } from '../../testing/index.ts';

async function access(require: string, clientIp: string, env: Readonly<Record<string, string>> = {}): Promise<number> {
  const r = fakeRequest({ clientIp, env });
  return await runPhase('access', r, { errorLog: '/dev/null', sections: [{ location: '/', require }] });
}

describe('the place that a client comes from', () => {
  it.each([
    ['local', '127.8.9.1', OK],
    ['local', '::1', OK],
    ['local', '192.0.2.1', 403],
    ['ip 192.0.2.0/24 10.1', '10.1.9.9', OK],
    ['ip 192.0.2.0/24 10.1', '10.2.9.9', 403],
    ['forward-dns localhost', '127.0.0.1', OK],
    ['forward-dns localhost', '192.0.2.1', 403],
    ['forward-dns nobody.invalid', '127.0.0.1', 403],
    ['host example.org', '127.0.0.1', 403],
    ['host 127.0.0.1', '127.0.0.1', 403],
    ['env inside', '192.0.2.1', 403],
  ])('Require %s for %s: %d', async (require, clientIp, verdict) => {
    expect(await access(require, clientIp)).toBe(verdict);
  });

  it('may be told by a variable', async () => {
    expect(await access('env outside inside', '192.0.2.1', { inside: '' })).toBe(OK);
  });
});
