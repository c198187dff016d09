import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Authorization } from '../../../core/access-provider.ts';
import type { RequestRecord } from '../../../core/request-record.ts';
import {
  type Requirement,
  requireAll,
  requireAny,
  requireNone,
  requireNot,
  testAlone,
} from '../../../phases/require/authorization.ts';

const r = { method: 'GET' } as RequestRecord;
const answers: readonly Authorization[] = ['granted', 'denied', 'neutral', 'noUser'];

function leaf(answer: Authorization): Requirement {
  return { text: answer, mayNeedUser: answer === 'noUser', isNegative: false, test: () => answer };
}

const broken: Requirement = {
  ...leaf('granted'),
  test() {
    throw new Error('the provider failed');
  },
};

describe('one requirement or another', () => {
  it.each<[Authorization, Authorization, Authorization]>([
    ['granted', 'granted', 'granted'],
    ['granted', 'denied', 'granted'],
    ['granted', 'neutral', 'granted'],
    ['granted', 'noUser', 'granted'],
    ['denied', 'denied', 'denied'],
    ['denied', 'neutral', 'denied'],
    ['denied', 'noUser', 'noUser'],
    ['neutral', 'neutral', 'neutral'],
    ['neutral', 'noUser', 'noUser'],
    ['noUser', 'noUser', 'noUser'],
  ])('%s, %s → %s, in either order', (first, second, result) => {
    expect(requireAny([leaf(first), leaf(second)]).test(r)).toBe(result);
    expect(requireAny([leaf(second), leaf(first)]).test(r)).toBe(result);
  });

  it('asks nobody after the first one who grants', () => {
    expect(requireAny([leaf('granted'), broken]).test(r)).toBe('granted');
  });
});

describe('requirements that must all hold', () => {
  it.each<[Authorization, Authorization, Authorization]>([
    ['granted', 'granted', 'granted'],
    ['granted', 'denied', 'denied'],
    ['granted', 'neutral', 'granted'],
    ['granted', 'noUser', 'noUser'],
    ['denied', 'denied', 'denied'],
    ['denied', 'neutral', 'denied'],
    ['denied', 'noUser', 'denied'],
    ['neutral', 'neutral', 'neutral'],
    ['neutral', 'noUser', 'noUser'],
    ['noUser', 'noUser', 'noUser'],
  ])('%s, %s → %s, in either order', (first, second, result) => {
    expect(requireAll([leaf(first), leaf(second)]).test(r)).toBe(result);
    expect(requireAll([leaf(second), leaf(first)]).test(r)).toBe(result);
  });

  it('are not decided where one of them fails', () => {
    expect(() => requireAll([leaf('granted'), broken]).test(r)).toThrow('the provider failed');
  });
});

describe('a negated requirement', () => {
  it.each<[Authorization, Authorization]>([
    ['granted', 'denied'],
    ['denied', 'neutral'],
    ['neutral', 'neutral'],
    ['noUser', 'neutral'],
  ])('makes of %s %s', (answer, result) => {
    expect(requireNot(leaf(answer)).test(r)).toBe(result);
  });

  it('is not decided where what it negates fails', () => {
    expect(() => requireNot(broken).test(r)).toThrow('the provider failed');
  });
});

/** Trees of any shape. */
const { tree } = fc.letrec<{ tree: Requirement }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...answers).map(leaf),
    fc.array(tie('tree'), { maxLength: 4 }).map((children) => requireAny(children)),
    fc.array(tie('tree'), { maxLength: 4 }).map((children) => requireAll(children)),
    tie('tree').map((child) => requireNot(child)),
  ),
}));

describe('a tree of requirements', () => {
  it('never grants by negation alone', () => {
    fc.assert(
      fc.property(tree, (child) => !['granted', 'noUser'].includes(requireNot(child).test(r) as Authorization)),
    );
  });

  it('is never opened by a further negated requirement in its <RequireAll>', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), tree, fc.nat(4), (children, child, at) => {
        const stricter = children.toSpliced(at, 0, requireNot(child));
        if (requireAll(stricter).test(r) === 'granted') expect(requireAll(children).test(r)).toBe('granted');
      }),
    );
  });

  it('asks for a user only where it says that it may', () => {
    fc.assert(fc.property(tree, (child) => child.mayNeedUser || child.test(r) !== 'noUser'));
  });
});

describe('requirements that take their time', () => {
  const later = (requirement: Requirement): Requirement => ({
    ...requirement,
    test: async (record) => await requirement.test(record),
  });

  it('come to the same answer', async () => {
    const mixed = fc.array(fc.tuple(fc.constantFrom(...answers), fc.boolean()), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(mixed, async (leaves) => {
        const plain = leaves.map(([answer]) => leaf(answer));
        const slow = leaves.map(([answer, isSlow]) => (isSlow ? later(leaf(answer)) : leaf(answer)));
        expect(await requireAny(slow).test(r)).toBe(requireAny(plain).test(r));
        expect(await requireAll(slow).test(r)).toBe(requireAll(plain).test(r));
        expect(await requireNone(slow).test(r)).toBe(requireNone(plain).test(r));
      }),
    );
  });
});

describe('a requirement for other methods', () => {
  const forPost = (answer: Authorization): Requirement => ({
    ...leaf(answer),
    methods: { has: (method) => method === 'POST' },
  });

  it('is as good as granted where all must hold, and as none where one must', () => {
    expect(requireAll([forPost('denied'), leaf('neutral')]).test(r)).toBe('granted');
    expect(requireAny([forPost('granted'), leaf('denied')]).test(r)).toBe('denied');
  });

  it('refuses nobody where it stands alone, nor does a block of its kind', () => {
    expect(testAlone(forPost('denied'), r)).toBe('granted');
    expect(testAlone(requireAll([forPost('denied'), forPost('denied')]), r)).toBe('granted');
    expect(testAlone(requireAll([forPost('denied'), leaf('denied')]), r)).toBe('denied');
  });
});
