import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { DECLINED, OK, type Filter, type FilterType, type RequestRecord, phases } from '../../../index.ts';
import { collectLog, testApp } from '../../../testing/index.ts';
import { makeSite } from '../../make-site.ts';

/** A filter that writes its name behind what passes. */
function mark(name: string, type: FilterType = 'resource'): Filter {
  return { type, data: (chunk, f) => f.passOn(Buffer.from(String(chunk).replace(/$/, name))) };
}

const addingPhases = phases.map(({ name }) => name).filter((name) => !['content', 'log', 'cleanup'].includes(name));

describe('the place of a filter', () => {
  it.each(addingPhases)(
    'that is added in %s is in front of those that the config inserts, and of those of the handler',
    async (phase) => {
      // Somebody must vote for.
      const answer = phase === 'authorize' ? OK : DECLINED;
      const add = (r: RequestRecord): typeof answer => (r.addOutputFilter(mark('1')), answer);
      const app = await testApp({
        outputFilter: ['CONFIG', mark('2')],
        setOutputFilter: 'CONFIG',
        plugins: [{ name: 'adds', phases: { [phase]: { order: 'first', handler: add } } }],
        authenticateHandler: (r) => ((r.user = 'ann'), OK),
        contentHandler: (r) => (r.addOutputFilter(mark('3')), 'body'),
      });
      expect((await request(app).get('/')).text).toMatch(/^body123$/);
    },
  );

  it('is that of its type, whenever it is added', async () => {
    const app = await testApp({
      fixupHandler: (r) => (
        r.addOutputFilter(mark('4', 'network')),
        r.addOutputFilter(mark('3', 'protocol')),
        DECLINED
      ),
      contentHandler(r) {
        r.addOutputFilter(mark('2', 'contentSet'));
        r.addOutputFilter(mark('1'));
        return 'body';
      },
    });
    expect((await request(app).get('/')).text).toBe('body1234');
  });

  it('is given up when somebody removes it in a later phase', async () => {
    const app = await testApp({
      fixupHandler: (r) => ((links[0] = r.addOutputFilter(mark('!'))!), DECLINED),
      contentHandler: (r) => (links[0]!.remove(), `${r.output.filters.length} left`),
    });
    const links: { remove(): void }[] = [];
    expect((await request(app).get('/')).text).toBe('0 left');
  });
});

describe('what filters an answer keeps', () => {
  const site = makeSite({ 'folder/index.txt': 'index' });
  const log = collectLog();
  const app = testApp({
    plugins: [log],
    documentRoot: site,
    directoryIndex: 'index.txt',
    outputFilter: [
      ['CONTENT', mark('-content')],
      ['SET', mark('-set', 'contentSet')],
      ['PROTOCOL', mark('-protocol', 'protocol')],
      ['NETWORK', mark('-network', 'network')],
      ['OWN', mark('-own')],
      ['FAILS', { type: 'protocol', data: () => Promise.reject(new Error('broken')) }],
    ],
    errorDocument: ['410', '/target'],
    addOutputFilter: ['OWN', '.txt'],
    sections: [
      {
        location: '/from',
        setOutputFilter: 'CONTENT;SET;PROTOCOL;NETWORK',
        contentHandler(r: RequestRecord) {
          if (r.args === 'redirect') return redirect(r);
          return r.args === undefined ? 'body' : Number(r.args);
        },
      },
      { location: '/same', setOutputFilter: 'PROTOCOL', contentHandler: redirect },
      { location: '/target', setOutputFilter: 'OWN', contentHandler: () => 'target' },
      { location: '/twice', setOutputFilter: 'PROTOCOL', contentHandler: () => 'twice' },
      {
        location: '/bad-head',
        setOutputFilter: 'CONTENT;PROTOCOL',
        contentHandler: (r: RequestRecord) => (r.headersOut.set('X-Bad', 'a\nb'), 'body'),
      },
      { location: '/fails', setOutputFilter: 'FAILS', contentHandler: () => 'body' },
      {
        location: '/outer',
        setOutputFilter: 'CONTENT',
        contentHandler: async (r: RequestRecord) => (await (await r.lookupUri('/target')).run(), 0),
      },
      {
        location: '/folder',
        setOutputFilter: 'CONTENT',
        fixupHandler: (r: RequestRecord) => (r.main === undefined && r.addOutputFilter(mark('-fixup')), DECLINED),
      },
    ],
  } as never);

  async function redirect(r: RequestRecord): Promise<0> {
    await r.internalRedirect(r.uri === '/same' ? '/twice' : '/target');
    return 0;
  }

  it.each([
    ['of its own: all of them', '/from', 200, 'body-content-set-protocol-network'],
    [
      'behind an internal redirect: those of the target, and those that make HTTP',
      '/from?redirect',
      200,
      'target-own-protocol-network',
    ],
    ['behind a redirect to one that has it, too: once', '/same', 200, 'twice-protocol'],
    [
      'behind an ErrorDocument: those of its URL, and those that make HTTP',
      '/from?410',
      410,
      'target-own-protocol-network',
    ],
    ['of a subrequest: its own, then those of the request around it', '/outer', 200, 'target-own-content'],
    ['behind a fast redirect: those of the file in front', '/folder/', 200, 'index-own-fixup-content'],
  ])('%s', async (_, url, status, text) => {
    const response = await request(app).get(url);
    expect([response.status, response.text.trim()]).toEqual([status, text]);
  });

  it('that is an error page: those that make HTTP', async () => {
    const { text } = await request(app).get('/from?404').expect(404);
    expect(text).toMatch(/<\/html>\n?-protocol-network\s*$/);
    expect(text).not.toMatch(/-content|-set/);
  });

  it('also where the head could not be sent', async () => {
    const { text } = await request(app).get('/bad-head').expect(500);
    expect(text).toMatch(/<\/html>\n?-protocol\s*$/);
  });

  it('but none that has failed', async () => {
    const { text } = await request(app).get('/fails').expect(500);
    expect(text).toMatch(/<\/html>\n$/);
    expect(log.messages().at(-1)).toMatch(/^the output filter FAILS: Error: broken/);
  });
});
