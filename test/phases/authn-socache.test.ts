import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { AuthenticationProvider } from '../../core/access-provider.ts';
import type { Config } from '../../core/config/directive.ts';
import { isRemembered, remember } from '../../phases/authn/remembered-passwords.ts';
import { testApp } from '../../testing/index.ts';

describe('the provider socache', () => {
  it('asks another provider once for what was right, and each time for what was wrong', async () => {
    const asked: string[] = [];
    const slow: AuthenticationProvider = {
      async checkPassword(user, password) {
        asked.push(`${user}:${password}`);
        return password === 'right' ? 'verified' : 'wrong password';
      },
    };
    const place = { authType: 'Basic', authName: 'x', authBasicProvider: ['socache', 'slow'], require: 'valid-user' };
    const app = await testApp({
      errorLog: '/dev/null',
      authnProvider: ['slow', slow],
      sections: [
        { location: '/', ...place, authnCacheProvideFor: 'slow', contentHandler: (r) => String(r.user) },
        { location: '/other', authName: 'y' },
      ],
    });
    const get = (path: string, password: string): request.Test => request(app).get(path).auth('ann', password);
    await get('/', 'right').expect(200, 'ann');
    await get('/', 'right').expect(200, 'ann');
    await get('/', 'wrong').expect(401);
    await get('/', 'wrong').expect(401);
    await get('/other', 'right').expect(200);
    expect(asked).toEqual(['ann:right', 'ann:wrong', 'ann:wrong', 'ann:right']);
  });

  it('remembers for as long as AuthnCacheTimeout says', () => {
    const config = { authnCacheProvideFor: ['slow'], authnCacheTimeout: 10 } as unknown as Config;
    remember(config, 'slow', 'ann', 'right', 1_000);
    expect(isRemembered(config, 'ann', 'right', 10_999)).toBe(true);
    expect(isRemembered(config, 'ann', 'right', 11_000)).toBe(false);
    expect(isRemembered(config, 'ann', 'Right', 1_000)).toBe(false);
  });

  it('remembers nothing of other providers', () => {
    const config = { authnCacheProvideFor: ['slow'], authnCacheTimeout: 10 } as unknown as Config;
    remember(config, 'file', 'ann', 'right', 1_000);
    expect(isRemembered(config, 'ann', 'right', 1_000)).toBe(false);
  });

  it.each([
    [{ authnCacheProvideFor: 'nobody' }, 'not "nobody"'],
    [{ authnCacheTimeout: 0 }, 'a number of seconds above 0, not "0"'],
  ])('with %j is refused at start', async (settings, message) => {
    await expect(testApp({ sections: [{ location: '/', ...settings }] })).rejects.toThrow(message);
  });
});
