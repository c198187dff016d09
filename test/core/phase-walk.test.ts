import { describe, expect, it } from '@jest/globals';
import { DECLINED, DONE, OK, type PhaseName, ServerReturn, type Verdict, httpError, phases } from '../../index.ts';
import { walkAlone } from '../../core/pipeline.ts';
import { type FakeRequest, fakeRequest, runPhase } from '../../testing/index.ts';

type Handlers = readonly (() => unknown)[];

/** Stacks handlers on a phase and gives its verdict, with which of them were called. */
async function walk(
  phase: PhaseName,
  handlers: Handlers,
  r: FakeRequest = fakeRequest(),
): Promise<{ verdict: number; called: number[] }> {
  const called: number[] = [];
  const stacked = handlers.map((handler, index) => () => {
    called.push(index);
    return handler();
  });
  const verdict = await runPhase(phase, r, { [`${phase}Handler`]: stacked });
  return { verdict, called };
}

const says = (verdict: unknown) => () => verdict;
const saysLater = (verdict: unknown) => () => Promise.resolve(verdict);
const ruleOf = (rule: string): PhaseName[] => phases.filter((phase) => phase.rule === rule).map(({ name }) => name);

describe.each([
  ['synchronous', says],
  ['asynchronous', saysLater],
] as const)('a phase with %s handlers', (_, answers) => {
  describe.each(ruleOf('all'))('by the rule all: %s', (phase) => {
    it('asks everybody while they say OK or DECLINED', async () => {
      expect(await walk(phase, [answers(OK), answers(DECLINED), answers(OK), answers(DECLINED)])).toEqual({
        verdict: OK,
        called: [0, 1, 2, 3],
      });
    });

    it.each([DONE, 403, 302])('ends at %s', async (verdict) => {
      expect(await walk(phase, [answers(OK), answers(verdict), answers(OK)])).toEqual({ verdict, called: [0, 1] });
    });
  });

  describe.each(ruleOf('first'))('by the rule first: %s', (phase) => {
    it.each([OK, DONE, 404])('ends at %s', async (verdict) => {
      expect(await walk(phase, [answers(DECLINED), answers(verdict), answers(OK)])).toEqual({
        verdict,
        called: [0, 1],
      });
    });

    it('declines where everybody declines', async () => {
      expect(await walk(phase, [answers(DECLINED), answers(DECLINED)])).toEqual({ verdict: DECLINED, called: [0, 1] });
    });
  });

  describe('by the rule agree: authorize', () => {
    it('asks every voter, and one OK is enough', async () => {
      expect(await walk('authorize', [answers(DECLINED), answers(OK), answers(DECLINED)])).toEqual({
        verdict: OK,
        called: [0, 1, 2],
      });
    });

    it('is refused by one refusal after an OK', async () => {
      expect(await walk('authorize', [answers(OK), answers(403), answers(OK)])).toEqual({
        verdict: 403,
        called: [0, 1],
      });
    });

    it('declines where nobody says OK', async () => {
      expect((await walk('authorize', [answers(DECLINED)])).verdict).toBe(DECLINED);
    });
  });

  it.each(['log', 'cleanup'] as const)(
    'calls everybody in the failsafe phase %s, whatever they answer or throw',
    async (phase) => {
      const fails = (): never => {
        throw new Error('broken');
      };
      const r = fakeRequest();
      const { called } = await walk(
        phase,
        [
          answers(403),
          fails,
          answers(undefined),
          () => Promise.reject(new Error('later')),
          answers('text'),
          answers(DONE),
        ],
        r,
      );
      expect(called).toEqual([0, 1, 2, 3, 4, 5]);
      await Promise.resolve();
      expect(r.logged.filter(({ level }) => level === 'error').map(({ message }) => message.split('\n', 1)[0])).toEqual(
        [expect.stringContaining('Error: broken'), expect.stringContaining('Error: later')],
      );
    },
  );
});

it('does not wait in the log phase for a handler that hangs', async () => {
  const { called } = await walk('log', [() => new Promise(() => undefined), says(OK)]);
  expect(called).toEqual([0, 1]);
});

const judging = phases.filter(({ rule }) => rule !== 'failsafe').map(({ name }) => name);

describe.each(judging)('in the phase %s', (phase) => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [undefined, 'returned undefined'],
    [null, 'returned null'],
    [true, 'returned boolean'],
    [1, 'returned 1'],
    [200, 'returned 200'],
    [299, 'returned 299'],
    [599, 'returned 599'],
    [403.5, 'returned 403.5'],
    [Number.NaN, 'returned NaN'],
    [Symbol('x'), 'returned symbol'],
    [new Map(), 'returned object'],
  ];

  it.each(wrong)('the answer %p is an error that names the handler', async (answer, message) => {
    for (const answers of [says, saysLater]) {
      const r = fakeRequest();
      const mistaken = Object.defineProperty(answers(answer), 'name', { value: 'mistaken' });
      expect(await runPhase(phase, r, { [`${phase}Handler`]: mistaken })).toBe(500);
      expect(r.logged[0]).toMatchObject({ level: 'error', module: 'core' });
      expect(r.logged[0]!.message).toContain(`the handler mistaken of core ${message} in the phase ${phase}`);
    }
  });

  it.each<[Verdict, number | undefined]>([
    [OK, undefined],
    [DONE, 202],
    [404, undefined],
    [503, 200],
  ])('throwing ServerReturn(%s, %s) is returning it', async (verdict, status) => {
    const r = fakeRequest();
    const throws = (): never => {
      throw new ServerReturn(verdict, status);
    };
    expect((await walk(phase, [throws], r)).verdict).toBe(verdict);
    expect(r.status).toBe(status ?? 200);
  });

  it('throwing httpError is returning its status; the message goes to the log only', async () => {
    const r = fakeRequest();
    expect((await walk(phase, [() => Promise.reject(httpError(503, 'no backend'))], r)).verdict).toBe(503);
    expect(r.logged).toEqual([{ level: 'error', module: 'core', message: expect.stringContaining('no backend') }]);
    await expect(r.sent()).resolves.toMatchObject({ text: '' });
  });

  it.each([200, 1, 'OK', undefined])('throwing ServerReturn(%p) is an error', async (verdict) => {
    const r = fakeRequest();
    const throws = (): never => {
      throw new ServerReturn(verdict as never, 202);
    };
    expect((await walk(phase, [throws], r)).verdict).toBe(500);
    expect(r.status).toBe(200);
    expect(r.logged[0]!.message).toContain('it must return OK, DECLINED, DONE or a status');
  });

  it.each([
    [new TypeError('oops', { cause: new Error('below') }), /TypeError: oops[\s\S]*caused by: Error: below/],
    ['a string', /threw a string, which is not an Error/],
    [undefined, /threw undefined, which is not an Error/],
    [{ message: 'shaped like an error' }, /shaped like an error/],
  ])('throwing %p is a 500 with the stack in the log', async (thrown, message) => {
    const r = fakeRequest();
    const throws = (): never => {
      throw thrown;
    };
    expect((await walk(phase, [throws, says(OK)], r)).called).toEqual([0]);
    expect((await walk(phase, [() => Promise.reject(thrown)], r)).verdict).toBe(500);
    expect(r.logged).toHaveLength(2);
    for (const line of r.logged) expect(line.message).toMatch(message);
  });
});

it('knows a ServerReturn of another copy of the package by its brand', async () => {
  const foreign = Object.assign(new Error('from afar'), { [Symbol.for('sluice.ServerReturn')]: true, verdict: 410 });
  expect((await walk('fixup', [() => Promise.reject(foreign)])).verdict).toBe(410);
});

it('makes no promise where no handler does', () => {
  const r = fakeRequest();
  r.addHandler('fixup', () => OK);
  expect(walkAlone(r, 'fixup')).toBe(OK);
  r.addHandler('content', () => 'text');
  expect(walkAlone(r, 'content')).toBe(OK);
});
