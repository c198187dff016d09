import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ConfigObject, DECLINED, OK, type PhaseName, type RequestRecord, phases } from '../../index.ts';
import { collectLog, testApp } from '../../testing/index.ts';

/** A handler in every phase, each of which notes its name and the URI. */
function everyPhase(
  walked: string[],
  special: Partial<Record<PhaseName | 'init', (r: RequestRecord) => unknown>> = {},
): ConfigObject {
  const entries = (['init', ...phases.map(({ name }) => name)] as const).map((phase) => {
    const handler = (r: RequestRecord): unknown => {
      walked.push(`${phase} ${r.uri}`);
      if (phase === 'access') r.authenticationRequired = true;
      if (phase === 'authenticate') r.user = 'ann';
      return (
        special[phase]?.(r) ?? (phase === 'translate' || phase === 'mapToStorage' || phase === 'type' ? DECLINED : OK)
      );
    };
    return [`${phase}Handler`, handler];
  });
  return Object.fromEntries(entries) as ConfigObject;
}

const names = (walked: readonly string[], uri: string): string[] =>
  walked.filter((line) => line.endsWith(` ${uri}`)).map((line) => line.split(' ')[0]!);

const mainPhases = ['init', ...phases.map(({ name }) => name)];

describe('the order of the phases', () => {
  it('is the list of the phases for a main request, init in front', async () => {
    const walked: string[] = [];
    await request(await testApp(everyPhase(walked)))
      .get('/x')
      .expect(200);
    await untilCleanup(walked, '/x');
    expect(names(walked, '/x')).toEqual(mainPhases);
  });

  it('has init of a section before headerParser', async () => {
    const walked: string[] = [];
    const { initHandler, ...others } = everyPhase(walked);
    await request(await testApp({ ...others, sections: [{ location: '/', initHandler: initHandler! }] }))
      .get('/x')
      .expect(200);
    await untilCleanup(walked, '/x');
    expect(names(walked, '/x').slice(0, 5)).toEqual([
      'postReadRequest',
      'translate',
      'mapToStorage',
      'init',
      'headerParser',
    ]);
  });

  it('leaves out authenticate and authorize where no user is needed and nobody checks', async () => {
    const walked: string[] = [];
    const {
      authenticateHandler: _,
      authorizeHandler: __,
      ...others
    } = everyPhase(walked, { access: (r) => ((r.authenticationRequired = false), OK) });
    await request(await testApp(others))
      .get('/x')
      .expect(200);
    expect(names(walked, '/x')).not.toContain('authenticate');
  });

  it('leaves out init, postReadRequest, headerParser and log for a subrequest; access only where the config differs', async () => {
    const walked: string[] = [];
    const config = everyPhase(walked, {
      content: async (r) => {
        if (r.main !== undefined) return OK;
        for (const uri of ['/same', '/other/y']) await (await r.lookupUri(uri)).run();
        return OK;
      },
    });
    await request(await testApp({ ...config, sections: [{ location: '/other', limitRequestBody: 1 }] }))
      .get('/x')
      .expect(200);
    await untilCleanup(walked, '/x');
    expect(names(walked, '/same')).toEqual(['translate', 'mapToStorage', 'type', 'fixup', 'content', 'cleanup']);
    expect(names(walked, '/other/y')).toEqual([
      'translate',
      'mapToStorage',
      'access',
      'authenticate',
      'authorize',
      'type',
      'fixup',
      'content',
      'cleanup',
    ]);
    expect(names(walked, '/x')).toEqual(mainPhases);
  });

  it('skips translate for the subrequest of a file', async () => {
    const walked: string[] = [];
    const config = everyPhase(walked, {
      fixup: async (r) => (r.main === undefined ? void (await r.lookupFile('100%.txt')) : OK) ?? OK,
    });
    await request(await testApp(config))
      .get('/x')
      .expect(200);
    expect(names(walked, '/100%.txt')).toEqual(['mapToStorage', 'type', 'fixup', 'cleanup']);
  });

  it('has all but log, and access only where the config differs, for the target of an internal redirect', async () => {
    const walked: string[] = [];
    const config = everyPhase(walked, {
      content: async (r) => {
        if (r.uri === '/x') await r.internalRedirect('/y');
        return OK;
      },
    });
    await request(await testApp(config))
      .get('/x')
      .expect(200);
    await untilCleanup(walked, '/x');
    expect(names(walked, '/y')).toEqual(
      mainPhases.filter((name) => !['access', 'authenticate', 'authorize', 'log'].includes(name)),
    );
    expect(names(walked, '/x')).toEqual(mainPhases);
  });

  it('goes straight to log and cleanup after a refusal', async () => {
    const walked: string[] = [];
    await request(await testApp(everyPhase(walked, { access: () => 403 })))
      .get('/x')
      .expect(403);
    await untilCleanup(walked, '/x');
    expect(names(walked, '/x').slice(-3)).toEqual(['access', 'log', 'cleanup']);
  });

  it('goes straight to log after DONE, with what was written as the answer', async () => {
    const walked: string[] = [];
    const config = everyPhase(walked, { postReadRequest: (r) => (r.write('early'), (r.status = 202), -2) });
    await request(await testApp(config))
      .get('/x')
      .expect(202, 'early');
    await untilCleanup(walked, '/x');
    expect(names(walked, '/x')).toEqual(['init', 'postReadRequest', 'log', 'cleanup']);
  });
});

describe('a phase that nobody answers', () => {
  it.each([
    ['authenticate', { accessHandler: (r: RequestRecord) => ((r.authenticationRequired = true), OK) }],
    ['authenticate', { authenticateHandler: () => DECLINED }],
    ['authorize', { authorizeHandler: () => DECLINED }],
  ] as const)('is a 500 with a log line for %s', async (phase, config) => {
    const log = collectLog();
    await request(await testApp({ ...config, contentHandler: () => 'secret', plugins: [log] }))
      .get('/')
      .expect(500);
    expect(log.messages()).toEqual([expect.stringContaining(`nobody answered in the phase ${phase}`)]);
  });

  it('is a 404 for content', async () => {
    await request(await testApp({}))
      .get('/')
      .expect(404);
  });

  it('is nothing for the others', async () => {
    await request(await testApp({ contentHandler: () => 'fine' }))
      .get('/')
      .expect(200, 'fine');
  });

  it('needs r.user after OK in authenticate', async () => {
    const log = collectLog();
    const app = await testApp({ authenticateHandler: () => OK, contentHandler: () => 'secret', plugins: [log] });
    await request(app).get('/').expect(500);
    expect(log.messages()).toEqual([
      expect.stringContaining('answered OK in the phase authenticate without setting r.user'),
    ]);
  });
});

/** The cleanup phase comes after the client has its answer. */
async function untilCleanup(walked: readonly string[], uri: string): Promise<void> {
  while (!walked.includes(`cleanup ${uri}`)) await new Promise((resolve) => setImmediate(resolve));
}
