import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type ConfigObject, DECLINED, OK, type RequestRecord } from '../../index.ts';
import { type LintOptions, collectLog, lint, testApp } from '../../testing/index.ts';

interface Outcome {
  readonly status: number;
  readonly breaches: readonly string[];
  readonly logged: readonly string[];
}

async function outcome(config: ConfigObject, options?: LintOptions): Promise<Outcome> {
  const log = collectLog();
  const rules = lint(options);
  const app = await testApp({ contentHandler: () => 'some body', ...config, plugins: [log, rules] });
  const status = await request(app)
    .post('/')
    .type('text/plain')
    .send('{"a":1}')
    .then(
      (response) => response.status,
      () => 0,
    );
  return { status, breaches: rules.breaches, logged: log.messages() };
}

function keepBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** More than what is buffered before a write has to wait, and a filter that takes its time. */
const slowFilter: ConfigObject = {
  outputFilter: [
    'SLOW',
    {
      async data(chunk, f) {
        await wait(5);
        await f.passOn(chunk);
      },
    },
  ],
  setOutputFilter: 'SLOW',
};
const large = 'x'.repeat(40_000);

const breaches: readonly (readonly [name: string, status: number, config: ConfigObject, message: string])[] = [
  [
    'answers before what it wrote is taken',
    500,
    {
      ...slowFilter,
      contentHandler: function careless(r) {
        void r.write(large);
        void r.write(large);
        return OK;
      },
    },
    'the content handler careless answered before what it wrote had been taken: await r.write',
  ],
  [
    'declines after it has written',
    500,
    {
      contentHandler: async (r) => {
        await r.write('half');
        return DECLINED;
      },
    },
    "wrote to the body and then answered DECLINED, so that another handler's body follows: answer OK",
  ],
  [
    'writes before the content phase and lets the request go on',
    500,
    {
      fixupHandler: async function early(r: RequestRecord) {
        await r.write('early');
        return OK;
      },
    },
    'the fixup handler early wrote to the body, but let the request go on: answer DONE',
  ],
  [
    'sets the user and declines',
    500,
    {
      authenticateHandler: function unsure(r: RequestRecord) {
        r.user = 'ann';
        return DECLINED;
      },
    },
    'the authenticate handler unsure set r.user to ann and then answered DECLINED',
  ],
  [
    'reads the body again',
    500,
    {
      contentHandler: async (r) => {
        await r.text();
        return { again: await r.text() };
      },
    },
    'called r.text, but the body has been read already',
  ],
  [
    'reads a body as JSON that another handler has read',
    500,
    {
      fixupHandler: async (r: RequestRecord) => {
        await r.text();
        return OK;
      },
      contentHandler: async function second(r) {
        return { again: await r.json() };
      },
    },
    'the content handler second called r.json, but the body has been read already',
  ],
  [
    'sets what the head says behind the head',
    0,
    {
      contentHandler: async function late(r) {
        await r.write('some');
        await r.flush();
        r.charset = 'utf-8';
        return OK;
      },
    },
    'the content handler late set r.charset when the head of the response had been sent, to no effect',
  ],
  [
    'forgets to return the redirect',
    0,
    {
      contentHandler: function forgetful(r) {
        r.redirect('/elsewhere');
        return OK;
      },
    },
    'Location was set, but the status is 200: return what r.redirect gives, or a status of 300 and above (the last to answer was the content handler forgetful)',
  ],
  [
    'writes a body to a 204',
    0,
    { contentHandler: (r) => ((r.status = 204), 'gone') },
    'a 204 has no body, but 4 bytes were written',
  ],
  [
    'promises another length',
    0,
    { contentHandler: (r) => (r.headersOut.set('Content-Length', 3), 'four') },
    'Content-Length was set to 3, but the body has 4 bytes: leave it to the engine',
  ],
];

describe('lint', () => {
  it.each(breaches)('finds a handler that %s', async (_, status, config, message) => {
    const found = await outcome(config);
    expect(found.breaches).toEqual([expect.stringContaining(message)]);
    expect(found.logged.join('\n')).toContain(message);
    expect(found.status).toBe(status);
  });

  it.each<[string, ConfigObject]>([
    ['before its first await', { contentHandler: () => (keepBusy(60), 'done') }],
    [
      'behind an await',
      {
        contentHandler: async () => {
          await wait(1);
          keepBusy(60);
          await wait(1);
          return 'done';
        },
      },
    ],
    ['in a filter', { outputFilter: ['F', { data: () => keepBusy(60) }], setOutputFilter: 'F' }],
  ])('finds who blocks the event loop %s', async (_, config) => {
    const found = await outcome(config, { blocking: 50 });
    expect(found.status).toBe(500);
    expect(found.breaches[0]).toMatch(
      /^the (content handler contentHandler|filter F) kept the event loop busy for \d+ ms/,
    );
  });

  it.each<[string, (r: RequestRecord) => unknown, string]>([
    ['writes', (r) => r.write('late'), 'called r.write'],
    ['sets a header', (r) => r.headersOut.set('X-Late', '1'), 'asked for r.headersOut'],
    ['flushes', (r) => r.flush(), 'called r.flush'],
  ])('finds a handler whose work goes on and %s behind its answer', async (_, act, message) => {
    let thrown: unknown;
    const rules = lint();
    const log = collectLog();
    const app = await testApp({
      plugins: [log, rules],
      contentHandler: function floating(r) {
        void wait(20)
          .then(() => act(r))
          .catch((error: unknown) => (thrown = error));
        return 'done';
      },
    });
    await request(app).get('/').expect(200);
    await wait(60);
    const expected = `the content handler floating ${message} after it had answered: await everything that it starts`;
    expect(rules.breaches).toEqual([expect.stringContaining(expected)]);
    expect(log.messages()).toEqual([expect.stringContaining(expected)]);
    expect(thrown).toMatchObject({ message: expect.stringContaining(expected) });
  });

  it('names the plugin whose hook it was', async () => {
    const hasty = {
      name: 'hasty',
      phases: {
        fixup: async function greet(r: RequestRecord) {
          await r.write('Hello');
          return OK;
        },
      },
    };
    const rules = lint();
    await request(await testApp({ plugins: [collectLog(), hasty, rules], contentHandler: () => 'x' }))
      .get('/')
      .expect(500);
    expect(rules.breaches[0]).toContain('the fixup hook greet of the plugin hasty wrote to the body');
  });

  it('watches the handlers that SetHandler names', async () => {
    const named = {
      name: 'named',
      handlers: { hasty: async (r: RequestRecord) => (await r.write('x'), DECLINED) },
    } as const;
    const rules = lint();
    await request(await testApp({ plugins: [collectLog(), named, rules], setHandler: 'hasty' }))
      .get('/')
      .expect(500);
    expect(rules.breaches[0]).toContain('the handler hasty of the plugin named wrote to the body');
  });

  it.each<[string, ConfigObject]>([
    [
      'awaits its writes',
      { ...slowFilter, contentHandler: async (r) => (await r.write(large), await r.write('y'), OK) },
    ],
    [
      'declines after it has written, where another one of the config answers OK',
      { contentHandler: [async (r) => (await r.write('a'), DECLINED), async (r) => (await r.write('b'), OK)] },
    ],
    ['asks for a form twice', { contentHandler: async (r) => (await r.form(), await r.form(), 'done') }],
    [
      'answers with a stream of its own',
      {
        contentHandler: async function* numbers() {
          yield 'one';
          await wait(1);
          yield 'two';
        } as never,
      },
    ],
    ['redirects', { contentHandler: (r) => r.redirect('/elsewhere') }],
    ['refuses a user by name', { authenticateHandler: (r: RequestRecord) => ((r.user = 'ann'), 403 as const) }],
    ['fails after it has written', { contentHandler: async (r) => (await r.write('half'), 500 as const) }],
  ])('has nothing to say of a handler that %s', async (_, config) => {
    expect((await outcome(config)).breaches).toEqual([]);
  });
});
