import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { DECLINED, OK, type RequestRecord, httpError } from '../../index.ts';
import { collectTrail, testApp } from '../../testing/index.ts';

describe('collectTrail', () => {
  it('tells which handlers ran for the latest request, in which order and with what verdict', async () => {
    const trail = collectTrail();
    const stamp = { name: 'stamp', phases: { fixup: function mark() { return DECLINED; } } } as const; // prettier-ignore
    const app = await testApp({
      plugins: [trail, stamp],
      sections: [
        {
          location: '/',
          accessHandler: function open() {
            return OK;
          },
          contentHandler: function greet() {
            return 'Hello';
          },
        },
      ],
    });
    await request(app).get('/a').expect(200);
    const own = trail.lines().filter((line) => /open|mark|greet/.test(line));
    expect(own).toEqual(['access open OK', 'fixup stamp mark DECLINED', 'content greet OK']);
    expect(trail.lines('content')).toEqual(['content greet OK']);
    expect(trail.requests[0]).toMatchObject({ method: 'GET', uri: '/a' });
  });

  it('shows that a refusal kept everybody behind it from running', async () => {
    const trail = collectTrail();
    const refuse = (): never => {
      throw httpError(403, 'not today');
    };
    const app = await testApp({ plugins: [trail], accessHandler: refuse, contentHandler: () => 'secret' });
    await request(app).get('/').expect(403);
    expect(trail.lines('access')).toEqual(['access refuse 403']);
    expect(trail.lines('content')).toEqual([]);
  });

  it('keeps the targets of internal redirects apart', async () => {
    const trail = collectTrail();
    const app = await testApp({
      plugins: [trail],
      contentHandler: async (r: RequestRecord) => (r.prev === undefined ? (await r.internalRedirect('/b'), OK) : 'b'),
    });
    await request(app).get('/a').expect(200, 'b');
    expect(trail.requests.map(({ uri }) => uri)).toEqual(['/a', '/b']);
  });
});
