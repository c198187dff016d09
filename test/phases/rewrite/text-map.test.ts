import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fakeRequest } from '../../../testing/index.ts';
import { loggerInto } from '../../../testing/collect-log.ts';
import type { LogLine } from '../../../testing/index.ts';
import { textMap } from '../../../phases/rewrite/text-map.ts';
import { makeSite } from '../../make-site.ts';

const site = makeSite({});
let files = 0;

function mapOf(text: string, isRandom = false): { readonly file: string; readonly map: ReturnType<typeof textMap> } {
  const file = `${site}/map-${files++}.txt`;
  writeFileSync(file, text);
  return { file, map: textMap(file, isRandom) };
}

describe('textMap', () => {
  const r = fakeRequest({});

  it('has the first value of a key, one word, and none for remarks and keys without a value', () => {
    const { map } = mapOf('# key remark\nkey one more\nkey two\n blank three\nlonely\n\ntab\tfour\r\n__proto__ five\n');
    expect(['key', 'blank', 'lonely', 'tab', '#', '', '__proto__', 'toString'].map((key) => map.look(key, r))).toEqual([
      'one',
      undefined,
      undefined,
      'four',
      undefined,
      undefined,
      'five',
      undefined,
    ]);
  });

  it('follows a file that changes', () => {
    const { file, map } = mapOf('key one\n');
    expect(map.look('key', r)).toBe('one');
    writeFileSync(file, 'key two\n');
    utimesSync(file, 1, 1);
    expect(map.look('key', r)).toBe('two');
  });

  it('says that the file is gone, and has nothing', () => {
    const lines: LogLine[] = [];
    const own = fakeRequest({});
    own.server.log = loggerInto(lines);
    const { file, map } = mapOf('key one\n');
    rmSync(file);
    expect(map.look('key', own)).toBeUndefined();
    expect(lines).toEqual([
      {
        level: 'error',
        module: 'rewrite',
        message: expect.stringMatching(/^the map .*map-\d\.txt can't be read: ENOENT/),
      },
    ]);
  });

  it('takes any of the parts where it is random, and nothing for an empty one', () => {
    const { map } = mapOf('key a|b|c\nempty |\n', true);
    const values = new Set(Array.from({ length: 300 }, () => map.look('key', r)));
    expect(values).toEqual(new Set(['a', 'b', 'c']));
    expect(map.look('empty', r)).toBeUndefined();
  });
});
