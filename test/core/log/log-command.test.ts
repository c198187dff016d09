import { describe, expect, it } from '@jest/globals';
import { parseLogCommand } from '../../../core/log/log-command.ts';

describe('parseLogCommand', () => {
  it.each([
    ['|/usr/bin/rotatelogs a.log 86400', ['/usr/bin/rotatelogs', 'a.log', '86400']],
    ['||cat', ['cat']],
    [`|cat "a b" 'c "d"' e\\ f "g \\"h\\""`, ['cat', 'a b', 'c "d"', 'e f', 'g "h"']],
    ['| cat   --out="my file"', ['cat', '--out=my file']],
    ['|cat $HOME;ls', ['cat', '$HOME;ls']],
  ])('takes %s apart without a shell', (text, words) => {
    const { program, args, shell } = parseLogCommand(text);
    expect([program, ...args]).toEqual(words);
    expect(shell).toBe(false);
  });

  it('gives the rest of |$ to the shell as it is', () => {
    expect(parseLogCommand('|$gzip -c >> "x y.gz"')).toEqual({ program: 'gzip -c >> "x y.gz"', args: [], shell: true });
  });

  it.each(['|', '||', '|$', '|  '])('refuses %j, which names no program', (text) => {
    expect(() => parseLogCommand(text)).toThrow(/needs a program/);
  });
});
