import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SlashRules, normalisePath, readTarget } from '../../core/request-target.ts';
import { fakeRequest } from '../../testing/index.ts';

const usual: SlashRules = { allowEncodedSlashes: 'Off', mergeSlashes: true };

function read(target: string, method = 'GET'): { status: number | undefined; uri: string; args: string | undefined } {
  const r = fakeRequest({ method });
  r.unparsedUri = target;
  const status = readTarget(r);
  return { status, uri: r.uri, args: r.args };
}

describe('the target of a request', () => {
  it.each([
    ['/', '/', undefined],
    ['/a/b', '/a/b', undefined],
    ['/a/b/', '/a/b/', undefined],
    ['/a?b=1?c', '/a', 'b=1?c'],
    ['/a?', '/a', ''],
    ['/a%20b', '/a b', undefined],
    ['/a%2520b', '/a%20b', undefined],
    ['//a///b', '/a/b', undefined],
    ['/a/./b/../c', '/a/c', undefined],
    ['/a/b/..', '/a/', undefined],
    ['/a/.', '/a/', undefined],
    ['/a/%2e%2e/b', '/b', undefined],
    ['/.hidden/..x/...', '/.hidden/..x/...', undefined],
    ['/gr%C3%BCn', '/grün', undefined],
    ['/gr%FCn', '/grün', undefined],
    ['http://host/a?b', '/a', 'b'],
    ['HTTP://host:80', '/', undefined],
    ['http://host?q', '/', 'q'],
  ])('%s is the path %s', (target, uri, args) => {
    expect(read(target)).toEqual({ status: undefined, uri, args });
  });

  it.each([
    ['/a%zz', 400],
    ['/a%', 400],
    ['/a%2', 400],
    ['/..', 400],
    ['/a/../../b', 400],
    ['/%2e%2e/etc/passwd', 400],
    ['/a%00', 404],
    ['/a%2fb', 404],
    ['/a%5Cb', 404],
    ['/a\\b', 404],
    ['/a#b', 400],
    ['a/b', 400],
    ['', 400],
    ['*', 400],
    ['ftp://host/', 400],
    ['http://user:word@host/', 400],
    ['http://', 400],
  ])('%s is refused with %s', (target, status) => {
    expect(read(target).status).toBe(status);
  });

  it('may be * for OPTIONS only', () => {
    expect(read('*', 'OPTIONS').status).toBeUndefined();
  });
});

describe('slashes', () => {
  it.each([
    ['/a%2Fb', '/a/b'],
    ['/a%2f..%2fb', '/b'],
    ['/a%2f%2fb', '/a/b'],
    ['/a%2F', '/a/'],
    ['/%2e%2e%2fb', 400],
    ['/a%2f..%2f..%2fb', 400],
    ['/a%5cb', 404],
    ['/a%252fb', '/a%2fb'],
  ])('AllowEncodedSlashes On makes %s %s', (raw, path) => {
    expect(normalisePath(raw, { ...usual, allowEncodedSlashes: 'On' })).toBe(path);
  });

  it.each([
    ['/a%2Fb', '/a%2Fb'],
    ['/a%2f..%2fb%41', '/a%2f..%2fbA'],
    ['/a%252fb', '/a%2fb'],
    ['/a%2f%zz', 400],
    ['/a%2f%00', 404],
  ])('AllowEncodedSlashes NoDecode makes %s %s', (raw, path) => {
    expect(normalisePath(raw, { ...usual, allowEncodedSlashes: 'NoDecode' })).toBe(path);
  });

  it.each([
    ['/', '/'],
    ['//', '/'],
    ['//a', '/a'],
    ['///a//b', '/a//b'],
    ['/a//', '/a//'],
    ['/a//b', '/a//b'],
    ['/a//../b', '/a/b'],
    ['/a/..//b', '//b'],
    ['//../a', 400],
    ['/a//../../b', '/b'],
    ['/a/./b/', '/a/b/'],
  ])('MergeSlashes Off makes %s %s', (raw, path) => {
    expect(normalisePath(raw, { ...usual, mergeSlashes: false })).toBe(path);
  });
});

describe('any path', () => {
  const piece = fc.constantFrom('/', '.', '..', 'a', 'b c', '%2e', '%2E', '%25', '%C3%BC', '%ff', '//', '...', 'x.y');
  const path = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`);

  it('is refused, or starts at the root and has no empty, dot or double dot segment', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          path,
          fc.string().map((text) => `/${text}`),
        ),
        (raw) => {
          const normal = normalisePath(raw, usual);
          if (typeof normal === 'number') return;
          expect(normal.startsWith('/')).toBe(true);
          const segments = normal.slice(1).split('/');
          if (segments.at(-1) === '') segments.pop();
          for (const segment of segments) expect(['', '.', '..']).not.toContain(segment);
        },
      ),
    );
  });

  it('stays as it is when it is normalised again', () => {
    fc.assert(
      fc.property(path, (raw) => {
        const once = normalisePath(raw, usual);
        if (typeof once === 'number') return;
        expect(normalisePath(once.split('/').map(encodeURIComponent).join('/'), usual)).toBe(once);
      }),
    );
  });

  it('that needs no work takes the short way to the same result', () => {
    fc.assert(
      fc.property(path, (raw) => {
        const normal = normalisePath(raw, usual);
        const { status, uri } = read(raw);
        expect(status ?? uri).toBe(normal);
      }),
    );
  });
});
