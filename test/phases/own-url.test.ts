import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { RequestRecord } from '../../core/request-record.ts';
import { ownPort, ownUrl } from '../../phases/own-url.ts';
import { testApp } from '../../testing/index.ts';

const show = (r: RequestRecord): string => `${ownUrl(r, r.uri)} ${ownUrl(r, '//\\x', false)} ${ownPort(r)}`;

describe('the URL of a path of this server', () => {
  const named = { serverName: 'www.example.org:8080', contentHandler: show };

  it.each([
    ['other.test', '/a http://other.test:8080/x 8080'],
    ['Other.test:81', '/a http://other.test:81/x 81'],
    ['other.test:80', '/a http://other.test/x 80'],
  ])('is by the name that the client used, %s', async (host, expected) => {
    await request(testApp(named)).get('/a').set('Host', host).expect(expected);
  });

  it("is by the server's own name under UseCanonicalName", async () => {
    await request(testApp({ ...named, useCanonicalName: true }))
      .get('/a')
      .set('Host', 'other.test:81')
      .expect('http://www.example.org:8080/a http://www.example.org:8080/x 8080');
  });

  it("has the scheme's port where nobody says another", async () => {
    const plain = { serverName: 'www.example.org', contentHandler: show };
    await request(testApp(plain)).get('/a').set('Host', 'other.test').expect('/a http://other.test/x 80');
  });
});

describe('UseCanonicalName', () => {
  it.each([
    ['DNS', 'UseCanonicalName DNS is not supported'],
    ['Perhaps', 'UseCanonicalName is On or Off, not "Perhaps"'],
  ])('refuses %s', async (answer, message) => {
    await expect(testApp({ useCanonicalName: answer as unknown as boolean })).rejects.toThrow(message);
  });
});
