import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../../testing/index.ts';
import { makeSite } from '../make-site.ts';

const site = makeSite({ 'a.txt': 'a' });

function app(line: string): ReturnType<typeof testApp> {
  writeFileSync(`${site}/httpd.conf`, `DocumentRoot .\nErrorLog /dev/null\n<Location />\n${line}\n</Location>\n`);
  return testApp(`${site}/httpd.conf`);
}

describe("lines of Apache's about access that have no meaning here", () => {
  it.each(['AuthDBMType DB', 'AuthFormBody body', 'AuthnCacheContext server', 'SessionExpiryUpdateInterval 10'])(
    '%s is skipped',
    async (line) => {
      await request(await app(line))
        .get('/a.txt')
        .expect(200);
    },
  );

  it.each([
    ['AuthFormSitePassphrase secret', 'give the site a user of its own'],
    ['SessionEnv On', 'holds the user of a login form and nothing else'],
  ])('%s is refused, with a reason', async (line, reason) => {
    await expect(app(line)).rejects.toThrow(reason);
  });
});
