import { describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { type Brigade, type Bucket, EOS, FLUSH, type Filter, type RequestRecord } from '../../../index.ts';
import { InputChain } from '../../../core/filter/input-chain.ts';
import { toNamedFilter } from '../../../core/filter/named-filter.ts';
import { OutputChain } from '../../../core/filter/output-chain.ts';
import { culpritOf } from '../../../core/filter/culprit.ts';
import { fakeRequest } from '../../../testing/index.ts';
import { type Behaviour, forms } from './forms.ts';

const textOf = (bucket: Bucket): string =>
  typeof bucket === 'symbol' ? bucket.description! : Buffer.from(bucket as string).toString();
const upper: Behaviour = { chunk: (text) => [text.toUpperCase()] };
const mark = (name: string): Behaviour => ({ chunk: (text) => [text + name] });

/** A body on its way through filters: the handler's pieces, or the client's. */
type Direction = (filters: readonly Filter[], pieces: readonly string[], r?: RequestRecord) => Promise<string[]>;

/** A FLUSH stands behind each piece, so that pieces stay apart. */
const output: Direction = async (filters, pieces, r = fakeRequest()) => {
  const out: string[] = [];
  let ends = 0;
  const chain = new OutputChain(r, {
    receive(brigade: Brigade) {
      expect(ends).toBe(0);
      for (const bucket of brigade) {
        if (bucket === EOS) ends++;
        else if (bucket !== FLUSH) out.push(textOf(bucket));
      }
    },
  });
  for (const filter of filters) chain.add(toNamedFilter(filter, 'F'));
  for (const piece of pieces) {
    await chain.write(piece);
    await chain.flush();
  }
  await chain.end();
  expect(ends).toBe(1);
  return out;
};

/** The filter that was added first is the last one that a request's body meets. */
const input: Direction = async (filters, pieces, r = fakeRequest()) => {
  const left = pieces.map((piece) => Buffer.from(piece));
  const chain = new InputChain(r, { pull: () => left.shift() ?? null });
  for (const filter of filters.toReversed()) chain.add(toNamedFilter(filter, 'F'));
  const out: string[] = [];
  for (let piece = await chain.pull(); piece !== null; piece = await chain.pull()) out.push(String(piece));
  expect(await chain.pull()).toBeNull();
  return out;
};

const directions: readonly [string, Direction][] = [
  ['output', output],
  ['input', input],
];

describe.each(directions)('in %s', (_, run) => {
  describe.each(Object.entries(forms))('%s', (__, make) => {
    it('changes each chunk, in order', async () => {
      expect((await run([make(upper)], ['a', 'b', 'c'])).join()).toBe('A,B,C');
    });

    it('takes what the one in front of it makes', async () => {
      expect(
        await run(
          ['1', '2', '3'].map((name) => make(mark(name))),
          ['a', 'b'],
        ),
      ).toEqual(['a123', 'b123']);
    });

    it('works slowly, and nothing is overtaken', async () => {
      const slow: Behaviour = {
        async chunk(text) {
          await wait(text === 'a' ? 5 : 0);
          return [text, text];
        },
      };
      expect((await run([make(slow), make(mark('!'))], ['a', 'b'])).join('')).toBe('a!a!b!b!');
    });

    it('adds something at the end', async () => {
      expect((await run([make({ end: () => ['the', 'end'] })], ['a'])).join('')).toBe('atheend');
    });

    it('makes a body of an empty one', async () => {
      expect((await run([make({ end: () => ['made'] })], [])).join('')).toBe('made');
    });

    it('leaves an empty body empty', async () => {
      expect(await run([make(upper)], [])).toEqual([]);
    });

    it('keeps everything', async () => {
      expect(await run([make({ chunk: () => [] }), make(upper)], ['a', 'b'])).toEqual([]);
    });

    it('makes much of little, all of which arrives', async () => {
      const much: Behaviour = { chunk: (text) => Array.from({ length: 300 }, () => text.repeat(1_000)) };
      expect((await run([make(much), make({}), make(upper)], ['a', 'b'])).join('')).toBe(
        'A'.repeat(300_000) + 'B'.repeat(300_000),
      );
    });

    it('wants no more: the rest of the body is gone, and the end comes once', async () => {
      expect((await run([make({ ...upper, isDone: () => true }), make(mark('!'))], ['a', 'b', 'c'])).join()).toBe('A!');
    });

    it('steps aside: what follows passes by untouched', async () => {
      const once: Behaviour = {
        chunk(text, f) {
          f.remove();
          return [text.toUpperCase()];
        },
        end: () => ['never'],
      };
      expect((await run([make(once), make(mark('!'))], ['a', 'b', 'c'])).join()).toBe('A!,b!,c!');
    });

    const failing: readonly [string, Behaviour, string][] = [
      ['at the first chunk', { chunk: () => Promise.reject(new Error('broken')) }, ''],
      ['at a later chunk', { chunk: (text) => (text === 'b' ? Promise.reject(new Error('broken')) : [text]) }, 'a'],
      ['at the end', { end: () => Promise.reject(new Error('broken')) }, 'a,b'],
      ['with what is no Error', { chunk: () => Promise.reject('broken') as never }, ''], // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors
    ];
    describe.each(failing)('that fails %s', (_when, behaviour) => {
      it.each([
        ['first', 0],
        ['in the middle', 1],
        ['last', 2],
      ])('%s of three fails the body, and is named', async (_where, place) => {
        const filters = [0, 1, 2].map((at) => make(at === place ? behaviour : {}));
        const failed: unknown = await run(filters, ['a', 'b']).catch((error: unknown) => error);
        expect(String(failed)).toContain('broken');
        expect(culpritOf(failed)).toMatch(/^the (?:in|out)put filter F$/);
      });
    });

    it('that passes on something else than bytes or text fails, and is told so', async () => {
      await expect(run([make({ chunk: () => [7] })], ['a'])).rejects.toThrow(
        'the filter F passed on number; it must pass on bytes or text',
      );
    });
  });
});

describe.each(Object.entries(forms))('%s', (_, make) => {
  it('has passed on what it made before a FLUSH goes on', async () => {
    const out: Brigade = [];
    const chain = new OutputChain(fakeRequest(), { receive: (brigade) => void out.push(...brigade) });
    chain.add(toNamedFilter(make(upper)));
    await chain.write('a');
    await chain.flush();
    await chain.write('b');
    await chain.end();
    expect(out).toEqual(['A', FLUSH, 'B', EOS]);
  });

  it('is removed by somebody else between two chunks', async () => {
    const out: string[] = [];
    const chain = new OutputChain(fakeRequest(), { receive: (brigade) => void out.push(...brigade.map(textOf)) });
    const link = chain.add(toNamedFilter(make({ ...upper, end: () => ['never'] })));
    await chain.write('a');
    await chain.flush();
    link.remove();
    await chain.write('b');
    await chain.end();
    expect(out).toEqual(['A', 'FLUSH', 'b', 'EOS']);
    expect(chain.filters).toEqual([]);
  });

  it('keeps failing, so that nobody who goes on writing gets past it', async () => {
    const out: Brigade = [];
    const chain = new OutputChain(fakeRequest(), { receive: (brigade) => void out.push(...brigade) });
    chain.add(toNamedFilter(make({ chunk: () => Promise.reject(new Error('broken')) })));
    for (const text of ['a', 'b']) {
      await chain.write(text);
      await expect((async () => chain.flush())()).rejects.toThrow('broken');
    }
    await expect((async () => chain.end())()).rejects.toThrow('broken');
    expect(out).toEqual([]);
  });

  it('takes no more than the next one takes', async () => {
    let taken: () => void = () => undefined;
    let received = 0;
    const chain = new OutputChain(fakeRequest(), {
      receive(brigade) {
        received += brigade.length;
        return new Promise((resolve) => (taken = resolve));
      },
    });
    chain.add(toNamedFilter(make({})));
    let written = 0;
    const writing = (async () => {
      for (; written < 30; written++) await chain.write('x'.repeat(65_536));
      await chain.end();
    })();
    await wait(20);
    expect(written).toBeLessThan(4);
    expect(received).toBeGreaterThan(0);
    const timer = setInterval(() => taken(), 1);
    await writing;
    clearInterval(timer);
  });
});
