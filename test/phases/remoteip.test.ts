import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import type { ConfigObject } from '../../core/config/define-config.ts';
import { parseIpRange } from '../../core/ip-range.ts';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK } from '../../core/verdict.ts';
import { findClient } from '../../phases/remoteip/find-client.ts';
import { testApp } from '../../testing/index.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-remoteip-'));
  await writeFile(join(folder, 'proxies'), '# our own\n127.0.0.1 # this machine\n\n::1\nlocalhost\n');
});
afterAll(() => rm(folder, { recursive: true }));

function site(settings: object): ConfigObject {
  const contentHandler = (r: RequestRecord): string => [r.clientIp, r.connection.clientIp].join(' by ');
  const redirecting = async (r: RequestRecord): Promise<typeof OK> => {
    await r.internalRedirect('/');
    return OK;
  };
  const sections = [
    { location: '/', contentHandler },
    { location: '/go', contentHandler: redirecting },
  ];
  return { errorLog: '/dev/null', remoteIPHeader: 'X-Forwarded-For', ...settings, sections };
}

describe('the client behind a proxy', () => {
  it('is the address that a file of proxies vouches for', async () => {
    const app = await testApp(site({ remoteIPInternalProxyList: join(folder, 'proxies') }));
    await request(app)
      .get('/')
      .set('X-Forwarded-For', '10.1.2.3')
      .expect(/^10\.1\.2\.3 by (?:127\.0\.0\.1|::1)$/);
  });

  it('is the same after a redirect inside the server', async () => {
    const app = await testApp(site({ remoteIPInternalProxy: ['127.0.0.0/8', '::1', '10.1.2.3'] }));
    await request(app)
      .get('/go')
      .set('X-Forwarded-For', '192.0.2.1, 192.0.2.2, 10.1.2.3')
      .expect(/^192\.0\.2\.2 by/);
  });
});

describe('the search for the client', () => {
  const internal = { range: parseIpRange('192.0.2.0/24'), isInternal: true };

  it('never takes the word of somebody who is not trusted', () => {
    fc.assert(
      fc.property(
        fc.ipV4().filter((ip) => !ip.startsWith('192.0.2.')),
        fc.string(),
        (ip, header) => {
          expect(findClient(ip, header, [internal])).toBeUndefined();
        },
      ),
    );
  });

  it('gives back as rest what it did not use', () => {
    const list = fc.array(fc.oneof(fc.ipV4(), fc.constantFrom('192.0.2.7', 'x', '')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, (said) => {
        const found = findClient('192.0.2.1', said.join(', '), [internal]);
        if (found === undefined) return;
        expect(said.join(', ').startsWith(found.rest)).toBe(true);
        expect(said).toContain(found.address);
      }),
    );
  });
});

describe('a config', () => {
  it.each<[object, string]>([
    [{}, 'RemoteIPHeader X-Forwarded-For lets everybody say who they are'],
    [{ remoteIPHeader: 'a b' }, 'takes the name of a header, not "a b"'],
    [{ remoteIPTrustedProxy: '10.0.0.0/40' }, 'not "10.0.0.0/40"'],
    [{ remoteIPTrustedProxy: 'nobody.invalid' }, 'not "nobody.invalid"'],
    [{ remoteIPTrustedProxyList: './absent' }, 'absent'],
  ])('with %j is refused at start', async (settings, message) => {
    await expect(testApp(site(settings))).rejects.toThrow(message);
  });
});
