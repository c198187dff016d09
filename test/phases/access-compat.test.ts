import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { DECLINED, OK } from '../../core/verdict.ts';
import { fakeRequest, runPhase, testApp } from '../../testing/index.ts';

function at(settings: object): ConfigObject {
  return { errorLog: '/dev/null', sections: [{ location: '/', contentHandler: () => 'in', ...settings }] };
}

async function access(settings: object, clientIp = '192.0.2.1'): Promise<readonly [verdict: number, open: boolean]> {
  const r = fakeRequest({ clientIp });
  return [await runPhase('access', r, at(settings)), r.authorized];
}

const elsewhere = [['from', '10.1']];

describe('Order, Allow and Deny', () => {
  it.each([
    [{ order: 'allow,deny', allow: 'from 192.0.2.1' }, OK],
    [{ order: 'allow,deny', allow: elsewhere }, 403],
    [{ deny: 'from all' }, 403],
    [{ deny: 'from all', allow: 'from 192.0.2.0/24' }, OK],
  ])('%j', async (settings, verdict) => {
    expect(await access(settings)).toEqual([verdict, false]);
  });

  it('are asked besides Require', async () => {
    expect(await access({ require: 'all granted', deny: 'from all' })).toEqual([403, false]);
    expect(await access({ require: 'all denied', allow: 'from all' })).toEqual([403, false]);
  });
});

describe('Satisfy Any', () => {
  it('lets in who comes from the right place, whatever else is required', async () => {
    const settings = { satisfy: 'Any', order: 'allow,deny', allow: 'from 192.0.2.1', require: 'all denied' };
    expect(await access(settings)).toEqual([OK, true]);
  });

  it('leaves others to Require', async () => {
    const settings = { satisfy: 'Any', order: 'allow,deny', allow: elsewhere, require: 'valid-user' };
    expect(await access(settings)).toEqual([OK, false]);
  });

  it('refuses others where nobody would ask for a user', async () => {
    expect(await access({ satisfy: 'Any', deny: 'from all' })).toEqual([403, false]);
  });

  it('leaves others to an AuthenticateHandler, which then has its say', async () => {
    const settings = { satisfy: 'Any', deny: 'from all', authenticateHandler: () => 403 };
    expect(await access(settings)).toEqual([DECLINED, false]);
    await request(await testApp(at(settings)))
      .get('/')
      .expect(403);
  });
});
