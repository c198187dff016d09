import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { OK, type Verdict } from '../../core/verdict.ts';
import { makeUniqueId } from '../../phases/unique-id/make-unique-id.ts';
import { testApp } from '../../testing/index.ts';

describe('makeUniqueId', () => {
  it('never gives the same id twice', () => {
    const ids = Array.from({ length: 70_000 }, makeUniqueId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[\w-]{27}$/.test(id))).toBe(true);
  });
});

describe('UniqueId', () => {
  const seen: { id: string | undefined; logId: string }[] = [];
  const see = (r: RequestRecord): void => void seen.push({ id: r.env.get('UNIQUE_ID'), logId: r.logId });
  const second = (r: RequestRecord): string => (see(r), 'second');
  const first = async (r: RequestRecord): Promise<Verdict> => {
    see(r);
    await r.internalRedirect('/second');
    return OK;
  };
  const sections = [
    { location: '/first', contentHandler: first },
    { location: '/second', contentHandler: second },
  ];

  it('is the same before and behind an internal redirect, and that of the logs', async () => {
    seen.length = 0;
    await request(await testApp({ uniqueId: true, sections }))
      .get('/first')
      .expect('second');
    const [before, behind] = seen;
    expect(before!.id).toMatch(/^[\w-]{27}$/);
    expect(behind).toEqual(before);
    expect(before!.logId).toBe(before!.id);
  });

  it('is switched on by loading the module, as in Apache', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-unique-id-'));
    const file = join(folder, 'httpd.conf');
    const lines = ['LoadModule unique_id_module modules/mod_unique_id.so', 'Header always set X-Id %{UNIQUE_ID}e'];
    writeFileSync(file, [...lines, 'ErrorLog /dev/null'].join('\n'));
    await request(await testApp(file))
      .get('/')
      .expect('X-Id', /^[\w-]{27}$/);
    rmSync(folder, { recursive: true });
  });

  it('is not there unless it is switched on', async () => {
    seen.length = 0;
    await request(await testApp({ sections }))
      .get('/second')
      .expect('second');
    expect(seen[0]!.id).toBeUndefined();
  });
});
