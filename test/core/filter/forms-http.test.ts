import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ContentVerdict, OK, type RequestRecord } from '../../../index.ts';
import { type CollectedLog, type TestApp, collectLog, testApp } from '../../../testing/index.ts';
import { get, rawRequest } from '../../raw-request.ts';
import { type Behaviour, forms } from './forms.ts';

const twice: Behaviour = {
  chunk(text, f) {
    if (!f.r.committed) f.r.headersOut.set('X-Filtered', 'yes');
    return [text, text];
  },
};

describe.each(Object.entries(forms))('a response behind %s', (_, make) => {
  const serve = (behaviour: Behaviour): { app: TestApp; log: CollectedLog } => {
    const log = collectLog();
    const app = testApp({
      plugins: [log],
      handlerTimeout: 1,
      outputFilter: ['F', make(behaviour)],
      setOutputFilter: 'F',
      contentHandler: answer,
      sections: [{ location: '/plain', setOutputFilter: 'None' }],
    });
    return { app, log };
  };

  it('is the filtered one, with what the filter says in its head', async () => {
    const { app } = serve(twice);
    const { text, headers } = await request(app).get('/').expect(200);
    expect(text).toBe('the bodythe body');
    expect(headers['x-filtered']).toBe('yes');
    expect(headers).not.toHaveProperty('etag');
  });

  it('of HEAD has no body, and the head that GET would have', async () => {
    const raw = await rawRequest(serve(twice).app, get('/', undefined, 'HEAD'));
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*X-Filtered: yes\r\n[\s\S]*\r\n\r\n$/);
    expect(raw).not.toMatch(/ETag|Content-Length: 8\b/);
  });

  it('with 204 or 304 has no body', async () => {
    for (const status of [204, 304]) {
      const raw = await rawRequest(serve(twice).app, get(`/${status}`));
      expect(raw).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\\r\\n\\r\\n$`));
      expect(raw).not.toMatch(/Content-Length|Transfer-Encoding/);
    }
  });

  it('that is asked for in part is a part of what the filter made', async () => {
    const { app } = serve(twice);
    const { text, headers } = await request(app).get('/').set('Range', 'bytes=4-11').expect(206);
    expect(text).toBe('bodythe ');
    expect(headers['content-range']).toBe('bytes 4-11/16');
  });

  it('that became an error page is not filtered', async () => {
    const { text, headers } = await request(serve(twice).app).get('/missing').expect(404);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(headers).not.toHaveProperty('x-filtered');
  });

  describe.each<[string, Behaviour]>([
    ['fails at the first chunk', { chunk: () => Promise.reject(new Error('broken')) }],
    ['fails at the end', { chunk: () => [], end: () => Promise.reject(new Error('broken')) }],
  ])('that %s', (__, behaviour) => {
    it('is a 500, the log names the filter in one line, and the next request is served', async () => {
      const { app, log } = serve(behaviour);
      const raw = await rawRequest(app, get('/', '') + get('/plain'));
      expect(raw).toMatch(/^HTTP\/1\.1 500 /);
      expect(raw).not.toMatch(/broken/);
      expect(raw).toMatch(/<\/html>/);
      expect(await rawRequest(app, get('/plain'))).toMatch(/the body$/);
      expect(log.messages()).toEqual([expect.stringMatching(/^the output filter F: Error: broken/)]);
    });
  });

  it('that fails after its head had left is cut', async () => {
    const { app, log } = serve({ chunk: (text) => (text === 'two' ? Promise.reject(new Error('broken')) : [text]) });
    const raw = await rawRequest(app, get('/pieces', '') + get('/plain'));
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*one/);
    expect(raw).not.toMatch(/two|\r\n0\r\n|the body/);
    expect(log.messages()[0]).toMatch(/^the output filter F: Error: broken/);
  });

  it('that never ends is a 503 when HandlerTimeout is over, and the log names the filter', async () => {
    const { app, log } = serve({ end: () => new Promise(() => undefined) });
    await request(app).get('/').expect(503);
    expect(log.messages()[0]).toMatch(/^the output filter F: no answer and no byte moved for 1 s/);
  });
});

async function answer(r: RequestRecord): Promise<ContentVerdict> {
  r.setEtag('"v1"');
  if (r.uri === '/missing') return 404;
  if (r.uri === '/204' || r.uri === '/304') r.status = Number(r.uri.slice(1));
  if (r.uri === '/pieces') {
    for (const piece of ['one', 'two']) {
      await r.write(piece);
      await r.flush();
    }
    return OK;
  }
  return 'the body';
}
