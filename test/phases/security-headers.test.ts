import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { ContentVerdict } from '../../core/verdict.ts';
import { cspNonce } from '../../phases/index.ts';
import { testApp } from '../../testing/index.ts';

const nonced = ['script-src', 'self', 'nonce'] as const;

function page(r: RequestRecord): string {
  return cspNonce(r);
}

async function get(config: ConfigObject, path = '/', sent: Record<string, string> = {}): Promise<request.Response> {
  const sections = config.sections ?? [{ location: '/', contentHandler: page }];
  return request(await testApp({ errorLog: '/dev/null', ...config, sections }))
    .get(path)
    .set(sent);
}

describe('ContentSecurityPolicy', () => {
  it('gives the handler and the header the same nonce, and each request another one', async () => {
    const app = await testApp({ contentSecurityPolicy: nonced, sections: [{ location: '/', contentHandler: page }] });
    const answers = [await request(app).get('/'), await request(app).get('/')];
    const nonces = answers.map(({ text }) => text);
    expect(answers.map(({ headers }) => headers['content-security-policy'])).toEqual(
      nonces.map((nonce) => `script-src 'self' 'nonce-${nonce}'`),
    );
    expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
    expect(nonces[1]).not.toBe(nonces[0]);
  });

  it('stands on error pages too', async () => {
    const { status, headers } = await get({ contentSecurityPolicy: ['default-src', 'none'], sections: [] }, '/missing');
    expect(status).toBe(404);
    expect(headers['content-security-policy']).toBe("default-src 'none'");
  });

  it('leaves a handler its own policy', async () => {
    const own = (r: RequestRecord): string => (r.headersOut.set('Content-Security-Policy', 'sandbox'), 'x');
    const sections = [{ location: '/', contentHandler: own }];
    expect((await get({ contentSecurityPolicy: nonced, sections })).headers['content-security-policy']).toBe('sandbox');
  });

  it('is the whole text of a policy, and only a report where that is wanted', async () => {
    const { headers } = await get({ contentSecurityPolicyReportOnly: "default-src 'self'; report-to here" });
    expect(headers['content-security-policy-report-only']).toBe("default-src 'self'; report-to here");
    expect(headers).not.toHaveProperty('content-security-policy');
  });

  it('does not give a copy that is still good another nonce', async () => {
    const tagged = (r: RequestRecord): ContentVerdict => (r.setEtag('"1"'), r.meetsConditions() || page(r));
    const sections = [{ location: '/', contentHandler: tagged }];
    const config = { contentSecurityPolicy: nonced, sections };
    const { status, headers } = await get(config, '/', { 'If-None-Match': '"1"' });
    expect(status).toBe(304);
    expect(headers).not.toHaveProperty('content-security-policy');
    expect((await get(config)).headers).toHaveProperty('content-security-policy');
  });

  it('can be taken back for a section', async () => {
    const sections = [{ location: '/', contentHandler: page, contentSecurityPolicy: 'off' }];
    expect((await get({ contentSecurityPolicy: nonced, sections })).headers).not.toHaveProperty(
      'content-security-policy',
    );
  });
});

describe('StrictTransportSecurity', () => {
  const strictTransportSecurity = ['1 year', 'includeSubDomains'];

  it('is not sent over plain HTTP', async () => {
    expect((await get({ strictTransportSecurity })).headers).not.toHaveProperty('strict-transport-security');
  });

  it('is sent where the variable HTTPS says that the client came over TLS', async () => {
    const setEnvIf = ['X-Forwarded-Proto', '^https$', 'HTTPS=on'];
    const { headers } = await get({ strictTransportSecurity, setEnvIf }, '/', { 'X-Forwarded-Proto': 'https' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });
});
