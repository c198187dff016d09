import { describe, expect, it } from '@jest/globals';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase } from '../../testing/index.ts';

function site(settings: object): ConfigObject {
  const place = { location: '/', authType: 'Basic', authName: 'x', authBasicProvider: 'anon', require: 'valid-user' };
  return { errorLog: '/dev/null', sections: [{ ...place, ...settings }] };
}

describe('the provider anon', () => {
  it.each<[string, object, string, number]>([
    ['a guest with an address', { anonymous: 'guest ftp' }, 'guest:a@example.org', OK],
    ['a guest in other letters', { anonymous: 'guest' }, 'GUEST:x', OK],
    ['somebody else', { anonymous: 'guest' }, 'ann:x', 401],
    ['anybody', { anonymous: '*' }, 'ann:x', OK],
    ['nobody is a guest', {}, 'guest:x', 401],
    ['a guest without a password', { anonymous: 'guest' }, 'guest:', 401],
    ['a guest who need not give one', { anonymous: 'guest', anonymous_MustGiveEmail: false }, 'guest:', OK],
    ['no address where one must be given', { anonymous: 'guest', anonymous_VerifyEmail: true }, 'guest:x', 401],
    ['an address where one must be given', { anonymous: 'guest', anonymous_VerifyEmail: true }, 'guest:a@b.c', OK],
    ['no name', { anonymous: '*' }, ':x', 401],
    ['no name where none is needed', { anonymous: '*', anonymous_NoUserID: true }, ':x', OK],
  ])('%s', async (_case, settings, credentials, verdict) => {
    const Authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    expect(await runPhase('authenticate', fakeRequest({ headers: { Authorization } }), site(settings))).toBe(verdict);
  });

  it('writes to the log what a guest gave, as one line, where it is wanted', async () => {
    const headers = { Authorization: `Basic ${Buffer.from('guest:a@b').toString('base64')}` };
    const loud = fakeRequest({ headers });
    await runPhase('authenticate', loud, site({ anonymous: 'guest' }));
    expect(loud.logged).toMatchObject([{ level: 'info', message: 'guest guest gave "a@b"' }]);
    const silent = fakeRequest({ headers });
    await runPhase('authenticate', silent, site({ anonymous: 'guest', anonymous_LogEmail: false }));
    expect(silent.logged).toEqual([]);
  });
});
