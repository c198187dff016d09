import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ConfigObject, DECLINED, OK, type PhaseName, type RequestRecord } from '../../index.ts';
import { collectLog, fakeRequest, runPhase, testApp } from '../../testing/index.ts';

const broken = (message: string) => (): never => {
  throw new Error(message);
};

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('the log phase', () => {
  it('runs once per request, before the client has all of the answer', async () => {
    const statuses: number[] = [];
    const app = await testApp({
      logHandler: (r) => statuses.push(r.status),
      sections: [{ location: '/a', contentHandler: () => 'a' }],
    });
    await request(app).get('/a').expect(200);
    expect(statuses).toEqual([200]);
    await request(app).get('/b').expect(404);
    expect(statuses).toEqual([200, 404]);
  });

  it('gets the first record of a redirected request; the target hangs on r.next', async () => {
    const seen: (string | undefined)[] = [];
    const app = await testApp({
      logHandler: (r) => seen.push(r.uri, r.next?.uri, r.next?.next?.uri),
      contentHandler: async (r) => (r.uri === '/a' ? (await r.internalRedirect('/b'), OK) : 'b'),
    });
    await request(app).get('/a').expect('b');
    expect(seen).toEqual(['/a', '/b', undefined]);
  });

  it('calls everybody although one fails, and only logs the failure', async () => {
    const log = collectLog();
    const called: string[] = [];
    const logHandler = [broken('first'), () => Promise.reject(new Error('second')), () => called.push('third')];
    await request(await testApp({ logHandler, contentHandler: () => 'fine', plugins: [log] }))
      .get('/')
      .expect(200, 'fine');
    await settle();
    expect(called).toEqual(['third']);
    expect(log.messages().map((message) => /first|second/.exec(message)?.[0])).toEqual(['first', 'second']);
  });

  it('runs when the client has gone', async () => {
    const logged = new Promise<boolean>((resolve) => {
      const app = testApp({
        logHandler: (r) => resolve(r.connection.aborted),
        contentHandler: async (r) => {
          await r.write('some');
          await r.flush();
          r.connection.socket.destroy();
          await new Promise((done) => r.signal.addEventListener('abort', done));
          return OK;
        },
      });
      request(app)
        .get('/')
        .then(undefined, () => undefined);
    });
    expect(await logged).toBe(true);
  });
});

describe('cleanups', () => {
  it('run after the log phase, the last registered first, then the hooks of the phase', async () => {
    const order: string[] = [];
    const config: ConfigObject = {
      fixupHandler: (r) => (
        r.registerCleanup(() => order.push('first')),
        r.registerCleanup(() => order.push('second')),
        DECLINED
      ),
      contentHandler: (r) => (r.registerCleanup(() => order.push('third')), 'body'),
      logHandler: () => order.push('log'),
      cleanupHandler: () => order.push('phase'),
    };
    await request(await testApp(config))
      .get('/')
      .expect(200);
    await settle();
    expect(order).toEqual(['log', 'third', 'second', 'first', 'phase']);
  });

  it('are all called although one fails, and never reach the client', async () => {
    const log = collectLog();
    const order: string[] = [];
    const config: ConfigObject = {
      debug: true,
      plugins: [log],
      contentHandler(r) {
        r.registerCleanup(() => order.push('still called'));
        r.registerCleanup(() => Promise.reject(new Error('later')));
        r.registerCleanup(broken('at once'));
        return 'body';
      },
    };
    await request(await testApp(config))
      .get('/')
      .expect(200, 'body');
    await settle();
    expect(order).toEqual(['still called']);
    expect(log.messages()).toEqual([expect.stringContaining('at once'), expect.stringContaining('later')]);
  });

  it('of redirect targets and subrequests run with those of the first record', async () => {
    const order: string[] = [];
    const app = await testApp({
      async contentHandler(r) {
        r.registerCleanup(() => order.push(r.uri));
        if (r.uri === '/a') await r.internalRedirect('/b');
        if (r.uri === '/b') await (await r.lookupUri('/c')).run();
        return OK;
      },
      logHandler: () => order.push('log'),
    });
    await request(app).get('/a').expect(200);
    await settle();
    expect(order).toEqual(['log', '/c', '/b', '/a']);
  });

  it('must be functions', () => {
    expect(() => fakeRequest().registerCleanup(7 as never)).toThrow('registerCleanup takes a function, not number');
  });
});

describe('addHandler', () => {
  const walked = async (phase: PhaseName, add: (r: RequestRecord, called: string[]) => void): Promise<string[]> => {
    const called: string[] = [];
    const handlers = [
      (r: RequestRecord) => (add(r, called), called.push('adder'), OK),
      () => (called.push('configured'), OK),
    ];
    const r = fakeRequest();
    await runPhase(phase, r, { [`${phase}Handler`]: handlers });
    return called;
  };

  it.each(['access', 'fixup', 'content', 'log'] as const)(
    'adds behind the configured ones of the running phase %s',
    async (phase) => {
      const add = (r: RequestRecord, called: string[]): void =>
        r.addHandler(phase, () => (called.push('added'), OK) as 0);
      expect(await walked(phase, add)).toEqual(['adder', 'configured', 'added']);
    },
  );

  it('adds to the content phase from its only handler', async () => {
    const r = fakeRequest();
    const contentHandler = (): typeof OK => (r.addHandler('content', () => 'added'), OK);
    await runPhase('content', r, { contentHandler });
    expect((await r.sent()).text).toBe('added');
  });

  it('adds to a later phase in which nobody stood', async () => {
    const app = await testApp({ accessHandler: (r) => (r.addHandler('content', () => 'added'), OK) });
    await request(app).get('/').expect(200, 'added');
  });

  it('counts in the verdict: a refusal of an added handler refuses', async () => {
    const app = await testApp({
      accessHandler: (r) => (r.addHandler('fixup', () => Promise.resolve(403 as const)), OK),
      contentHandler: () => 'secret',
    });
    await request(app).get('/').expect(403);
  });

  it.each(['authenticate', 'authorize'] as const)(
    'adds a check to %s where nobody stood: it is never skipped',
    async (phase) => {
      const app = await testApp({
        accessHandler: (r) => (r.addHandler(phase, () => 403), OK),
        contentHandler: () => 'secret',
      });
      await request(app).get('/').expect(403);
    },
  );

  it('is for this record only', async () => {
    const seen: string[] = [];
    const app = await testApp({
      postReadRequestHandler: (r) => (r.prev === undefined && r.addHandler('fixup', () => (seen.push(r.uri), OK)), OK),
      contentHandler: async (r) => (r.uri === '/a' ? (await r.internalRedirect('/b'), OK) : 'b'),
    });
    await request(app).get('/a').expect('b');
    expect(seen).toEqual(['/a']);
  });

  it.each([
    ['a phase that is over', 'translate', () => OK, 'translate is over, fixup is running'],
    ['cleanup', 'cleanup', () => OK, 'see registerCleanup'],
    ['an unknown phase', 'contents', () => OK, 'addHandler takes a phase, but was given contents'],
    ['a name of Object', 'constructor', () => OK, 'addHandler takes a phase, but was given constructor'],
    ['a string', 'content', './x.ts', 'addHandler takes a function, but was given string'],
  ])('refuses %s', async (_, phase, handler, message) => {
    const r = fakeRequest();
    r.phase = 'fixup';
    expect(() => r.addHandler(phase as never, handler as never)).toThrow(message);
  });
});
