import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import type { ContentVerdict } from '../../core/verdict.ts';
import { testApp } from '../../testing/index.ts';

function page(r: RequestRecord): string {
  r.contentType = 'text/html';
  return '<p>page';
}

async function answer(
  config: ConfigObject,
  handler: (r: RequestRecord) => ContentVerdict = page,
): Promise<request.Response> {
  const app = await testApp({
    errorLog: '/dev/null',
    ...config,
    sections: [{ location: '/', contentHandler: handler }],
  });
  return request(app).get('/');
}

describe('ExpiresActive', () => {
  it('dates answers of the types that are named', async () => {
    const { headers } = await answer({ expiresActive: true, expiresByType: ['text/html', 'access plus 1 hour'] });
    expect(headers['cache-control']).toBe('max-age=3600');
    expect(Date.parse(headers['expires']!) - Date.parse(headers['date']!)).toBeGreaterThan(3_500_000);
  });

  it('is off unless it is switched on', async () => {
    expect((await answer({ expiresDefault: 'A60' })).headers).not.toHaveProperty('expires');
  });

  it('dates redirects, but no errors', async () => {
    const config = { expiresActive: true, expiresDefault: 'A60' };
    expect((await answer(config, (r) => r.redirect('/there'))).headers['cache-control']).toBe('max-age=60');
    expect((await answer(config, () => 404)).headers).not.toHaveProperty('cache-control');
  });

  it('leaves alone what a handler says, and joins Cache-Control', async () => {
    const config = { expiresActive: true, expiresDefault: 'A60' };
    const dated = await answer(config, (r) => (r.headersOut.set('Expires', '0'), 'x'));
    expect(dated.headers['expires']).toBe('0');
    expect(dated.headers).not.toHaveProperty('cache-control');
    const shared = await answer(config, (r) => (r.headersOut.set('Cache-Control', 'public'), 'x'));
    expect(shared.headers['cache-control']).toBe('public, max-age=60');
  });

  it('knows no time of a change for what a handler makes', async () => {
    expect((await answer({ expiresActive: true, expiresDefault: 'M60' })).headers).not.toHaveProperty('expires');
  });

  it('names the place of a lifetime that cannot be read', async () => {
    await expect(answer({ expiresDefault: 'tomorrow' })).rejects.toThrow(/a lifetime begins with access/);
  });
});
