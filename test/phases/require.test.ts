import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

/** A config with one place that everything here is about. */
function at(settings: object): ConfigObject {
  const section = { location: '/', contentHandler: () => 'in', ...settings } as never;
  return { errorLog: '/dev/null', sections: [section] };
}

interface Outcome {
  readonly verdict: number;
  readonly authenticationRequired: boolean | undefined;
}

async function access(settings: object, clientIp = '192.0.2.1'): Promise<Outcome> {
  const r = fakeRequest({ clientIp });
  const verdict = await runPhase('access', r, at(settings));
  return { verdict, authenticationRequired: r.authenticationRequired };
}

async function authorize(settings: object, user: string): Promise<number> {
  return await runPhase('authorize', fakeRequest({ user }), at(settings));
}

describe('before anybody is known', () => {
  it.each<[string, object, Outcome]>([
    ['no Require', {}, { verdict: DECLINED, authenticationRequired: undefined }],
    ['all granted', { require: 'all granted' }, { verdict: OK, authenticationRequired: undefined }],
    ['all denied', { require: 'all denied' }, { verdict: 403, authenticationRequired: undefined }],
    ['valid-user', { require: 'valid-user' }, { verdict: OK, authenticationRequired: true }],
    ['user', { require: 'user ann' }, { verdict: OK, authenticationRequired: true }],
    ['the right address', { require: 'ip 192.0.2.0/24' }, { verdict: OK, authenticationRequired: undefined }],
    ['another address', { require: ['ip', '10.1', '::1'] }, { verdict: 403, authenticationRequired: undefined }],
    [
      'an address or a user',
      { require: [['ip', '192.0.2.1'], ['valid-user']] },
      { verdict: OK, authenticationRequired: false },
    ],
    [
      'another address or a user',
      { require: [['ip', '10.1'], ['valid-user']] },
      { verdict: OK, authenticationRequired: true },
    ],
    [
      'an address and a user',
      { requireAll: { require: [['ip', '192.0.2.1'], ['valid-user']] } },
      { verdict: OK, authenticationRequired: true },
    ],
    [
      'another address and a user',
      { requireAll: { require: [['valid-user'], ['ip', '10.1']] } },
      { verdict: 403, authenticationRequired: undefined },
    ],
    [
      'everybody but a user, which nobody need prove not to be',
      {
        requireAll: {
          require: [
            ['all', 'granted'],
            ['not', 'user', 'eve'],
          ],
        },
      },
      { verdict: OK, authenticationRequired: undefined },
    ],
    [
      'everybody but addresses',
      {
        requireAll: {
          require: 'all granted',
          requireNone: {
            require: [
              ['ip', '10.1'],
              ['ip', '192.0.2'],
            ],
          },
        },
      },
      { verdict: 403, authenticationRequired: undefined },
    ],
    [
      'blocks in blocks',
      {
        requireAny: {
          require: 'ip 10.1',
          requireAll: {
            require: [
              ['ip', '192.0.2'],
              ['user', 'ann'],
            ],
          },
        },
      },
      { verdict: OK, authenticationRequired: true },
    ],
  ])('%s', async (_case, settings, outcome) => {
    expect(await access(settings)).toEqual(outcome);
  });

  it('AuthType without a Require refuses everybody, as it was meant to protect something', async () => {
    expect(await access({ authType: 'Basic', authName: 'x' })).toMatchObject({ verdict: 500 });
  });

  it('an earlier handler that asks for a user is not overruled', async () => {
    const r = fakeRequest({ clientIp: '192.0.2.1' });
    const accessHandler = (): typeof OK => {
      r.authenticationRequired = true;
      return OK;
    };
    await runPhase('access', r, at({ accessHandler, require: [['ip', '192.0.2.1'], ['valid-user']] }));
    expect(r.authenticationRequired).toBe(true);
  });

  it('says in the log what refused', async () => {
    const r = fakeRequest({ clientIp: '192.0.2.1', url: '/a' });
    await runPhase('access', r, at({ requireAll: { require: [['ip', '10.1'], ['valid-user']] } }));
    expect(r.logged).toMatchObject([{ message: 'the client is refused by Require all(ip 10.1, valid-user): /a' }]);
  });
});

describe('with a user', () => {
  const basic = { authType: 'Basic', authName: 'x' };

  it.each<[string, object, number]>([
    ['the right one', { require: 'user bob ann' }, OK],
    ['another one', { ...basic, require: 'user bob' }, 401],
    ['one whose name only begins alike', { ...basic, require: 'user an anna ANN' }, 401],
    ['another one where 401 would not help', { ...basic, require: 'user bob', authzSendForbiddenOnFailure: true }, 403],
    ['another one where no AuthType could ask again', { require: 'user bob' }, 403],
    ['any', { require: 'valid-user' }, OK],
    ['one who is excepted', { ...basic, requireAll: { require: [['valid-user'], ['not', 'user', 'ann']] } }, 401],
    ['one who is not excepted', { ...basic, requireAll: { require: [['valid-user'], ['not', 'user', 'eve']] } }, OK],
    ['one where nobody need be known', { require: 'all granted' }, OK],
  ])('%s', async (_case, settings, verdict) => {
    expect(await authorize(settings, 'ann')).toBe(verdict);
  });
});

describe('an AuthenticateHandler', () => {
  const eve = (r: { user: string }): typeof OK => {
    r.user = 'eve';
    return OK;
  };

  it('is asked where Require needs no user', async () => {
    const app = await testApp(at({ require: 'all granted', authenticateHandler: () => 403 }));
    await request(app).get('/').expect(403);
  });

  it('is asked where a user is only excepted', async () => {
    const requireAll = {
      require: [
        ['all', 'granted'],
        ['not', 'user', 'eve'],
      ],
    };
    await request(await testApp(at({ requireAll, authenticateHandler: eve })))
      .get('/')
      .expect(403);
  });

  it('is not asked where an address is enough', async () => {
    const require = [['ip', '127.0.0.1', '::1'], ['valid-user']];
    await request(await testApp(at({ require, authenticateHandler: () => 403 })))
      .get('/')
      .expect(200, 'in');
  });

  it('shares its user with Require', async () => {
    await request(await testApp(at({ require: 'user eve', authenticateHandler: eve })))
      .get('/')
      .expect(200, 'in');
    await request(await testApp(at({ require: 'user ann', authenticateHandler: eve })))
      .get('/')
      .expect(403);
  });
});

describe('an inner section', () => {
  it('replaces the requirements of the outer one', async () => {
    const config = at({ require: 'all denied' });
    const app = await testApp({
      ...config,
      sections: [...config.sections!, { location: '/open', require: 'all granted' }],
    });
    await request(app).get('/open').expect(200, 'in');
    await request(app).get('/x').expect(403);
  });
});

describe('a config file', () => {
  async function load(text: string): Promise<Awaited<ReturnType<typeof testApp>>> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-require-'));
    try {
      await writeFile(join(folder, 'httpd.conf'), `ErrorLog /dev/null\n${text}`);
      return await testApp(join(folder, 'httpd.conf'));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('writes blocks as sections', async () => {
    const app = await load(`<Location "/">
  <RequireAll>
    Require ip 127.0.0.1 ::1
    <RequireNone>
      Require ip 192.0.2.1
    </RequireNone>
  </RequireAll>
</Location>`);
    await request(app).get('/').expect(404);
  });

  it('is refused with the line of the negation that has no effect', async () => {
    const text = '<Location "/">\n<RequireAny>\nRequire valid-user\nRequire not user eve\n</RequireAny>\n</Location>';
    await expect(load(text)).rejects.toThrow('httpd.conf:5: Require not can only refuse');
  });
});

describe('a config', () => {
  it.each<[object, string]>([
    [{ require: 'nobody' }, 'valid-user, not "nobody"'],
    [{ require: 'all' }, 'Require all takes granted or denied'],
    [{ require: 'all maybe' }, 'Require all takes granted or denied, not "maybe"'],
    [{ require: 'ip' }, 'at least one address'],
    [{ require: 'ip 300.1' }, 'not "300.1"'],
    [{ require: 'user' }, 'at least one name'],
    [{ require: 'valid-user ann' }, 'Require valid-user takes nothing more, not "ann"'],
    [{ require: 'local yes' }, 'Require local takes nothing more'],
    [{ require: 'host' }, 'at least one domain'],
    [{ require: 'forward-dns' }, 'at least one name'],
    [{ require: 'env' }, 'at least one variable'],
    [{ require: 'method get' }, 'methods such as GET and POST, not "get"'],
    [{ require: 'method' }, 'at least one method'],
    [{ require: 'expr' }, 'needs an expression'],
    [{ require: 'expr 1 ==' }, 'column'],
    [{ require: 'group' }, 'at least one name'],
    [{ require: 'file-owner ann' }, 'takes nothing more'],
    [{ require: 'file-group ann' }, 'takes nothing more'],
    [{ authMerging: 'Perhaps' }, 'AuthMerging is Off, And or Or, not "Perhaps"'],
    [{ require: 'not user eve' }, 'Require not can only refuse, so it has no effect here'],
    [{ requireAny: { require: 'not user eve' } }, 'Require not can only refuse'],
    [{ requireNone: { require: 'user eve' } }, '<RequireNone> can only refuse'],
    [{ requireAll: { requireNone: { require: 'not user eve' } } }, 'Require not can only refuse'],
    [{ requireAll: { require: 'not user eve' } }, '<RequireAll> has only negative requirements'],
    [{ requireAll: {} }, '<RequireAll> is empty'],
    [{ requireAll: { header: 'set A b' } }, '<RequireAll> takes Require lines and blocks, not Header'],
  ])('%j is refused at start', async (settings, message) => {
    await expect(testApp(at(settings))).rejects.toThrow(message);
  });

  it('may require nothing outside of sections', async () => {
    await expect(testApp({ require: 'all denied' })).rejects.toThrow('Require is not allowed in the server config');
  });
});
