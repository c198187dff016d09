import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeRequest } from '../../../testing/index.ts';
import { ProgramMap } from '../../../phases/rewrite/program-map.ts';
import { loggerInto } from '../../../testing/collect-log.ts';
import type { LogLine } from '../../../testing/index.ts';

const started: ProgramMap[] = [];

afterEach(() => {
  for (const map of started.splice(0)) map.stop();
});

/** Answers by JavaScript: `answer` is the body of a function of `key`. */
function program(answer: string, timeout?: number): ProgramMap {
  const source = `
    require('node:readline').createInterface({ input: process.stdin }).on('line', (key) => { ${answer} });
  `;
  const map = new ProgramMap({ program: process.execPath, args: ['-e', source] }, timeout);
  started.push(map);
  return map;
}

function logged(): { readonly r: ReturnType<typeof fakeRequest>; readonly lines: LogLine[] } {
  const r = fakeRequest({});
  const lines: LogLine[] = [];
  r.server.log = loggerInto(lines);
  return { r, lines };
}

describe('ProgramMap', () => {
  it('asks one key after the other, however many want to know', async () => {
    const map = program("setTimeout(() => console.log(key + '!'), 5)");
    const { r } = logged();
    expect(await Promise.all(['a', 'b', 'c'].map(async (key) => map.look(key, r)))).toEqual(['a!', 'b!', 'c!']);
  });

  it('has no value where the program says NULL in any letter case, and an empty one for an empty line', async () => {
    const map = program('console.log(key)');
    const { r } = logged();
    expect(await map.look('null', r)).toBeUndefined();
    expect(await map.look('', r)).toBe('');
  });

  it('never asks for a key with a line break', () => {
    const map = program('console.log(key)');
    expect(map.look('a\nb', logged().r)).toBeUndefined();
  });

  it('starts a program again that ends', async () => {
    const map = program("if (key === 'end') process.exit(); console.log(key)");
    const { r, lines } = logged();
    expect(await map.look('end', r)).toBeUndefined();
    expect(await map.look('more', r)).toBe('more');
    expect(lines).toEqual([
      { level: 'error', module: 'rewrite', message: expect.stringMatching(/has ended; "end" has no value$/) },
    ]);
  });

  it('ends a program that never answers', async () => {
    const map = program("if (key !== 'hang') console.log(key)", 1000);
    const { r, lines } = logged();
    expect(await map.look('warm', r)).toBe('warm');
    expect(await map.look('hang', r)).toBeUndefined();
    expect(await map.look('more', r)).toBe('more');
    expect(lines.map(({ message }) => message)).toEqual([expect.stringContaining("didn't answer within 1000 ms")]);
  });

  it('says why a program can not be run', async () => {
    const map = new ProgramMap({ program: '/nonexistent/program', args: [] });
    const { r, lines } = logged();
    expect(await map.look('a', r)).toBeUndefined();
    expect(lines[0]?.message).toMatch(/ENOENT/);
  });

  it('has no values once it is stopped', () => {
    const map = program('console.log(key)');
    map.stop();
    expect(map.look('a', logged().r)).toBeUndefined();
  });
});
