import { describe, expect, it } from '@jest/globals';
import { isLogged, logModuleName, mergeLogLevels, parseLogLevels } from '../../../core/log/log-level.ts';

describe('LogLevel', () => {
  it('takes a default and levels per module, in any case and spelling', () => {
    const levels = parseLogLevels([
      'WARN',
      'auth_basic:debug',
      'mod_ssl.c:trace8',
      'proxy_module:Error',
      '__proto__:crit',
    ]);
    expect(levels.default).toBe('warn');
    expect([...levels.byModule]).toEqual([
      ['auth_basic', 'debug'],
      ['ssl', 'trace8'],
      ['proxy', 'error'],
      ['__proto__', 'crit'],
    ]);
  });

  it('lets a bare level take back what stood before it', () => {
    const levels = parseLogLevels(['debug', 'core:trace1', 'error']);
    expect(levels.default).toBe('error');
    expect(levels.byModule.size).toBe(0);
  });

  it.each([['blah'], ['trace9'], ['core:'], [':debug'], ['core:loud'], ['']])(
    'refuses the word "%s" and quotes it',
    (word) => {
      expect(() => parseLogLevels([word])).toThrow(`LogLevel ${word}: expected`);
    },
  );

  it('merges an inner section per module and keeps the outer default where the inner has none', () => {
    const outer = parseLogLevels(['info', 'a:debug', 'b:debug']);
    const merged = mergeLogLevels(outer, parseLogLevels(['b:error', 'c:crit']));
    expect(merged.default).toBe('info');
    expect(Object.fromEntries(merged.byModule)).toEqual({ a: 'debug', b: 'error', c: 'crit' });
    expect(mergeLogLevels(outer, parseLogLevels(['emerg'])).default).toBe('emerg');
  });

  it('writes what is as grave as the level or graver, and notices always', () => {
    const levels = parseLogLevels(['error', 'static:trace2']);
    expect(isLogged(levels, 'crit', 'core')).toBe(true);
    expect(isLogged(levels, 'error', 'core')).toBe(true);
    expect(isLogged(levels, 'warn', 'core')).toBe(false);
    expect(isLogged(levels, 'notice', 'core')).toBe(true);
    expect(isLogged(levels, 'trace2', 'static')).toBe(true);
    expect(isLogged(levels, 'trace3', 'static')).toBe(false);
  });

  it('is warn where nothing was said', () => {
    expect(isLogged(parseLogLevels([]), 'warn', 'core')).toBe(true);
    expect(isLogged(parseLogLevels([]), 'info', 'core')).toBe(false);
  });

  it('shortens module names as Apache shows them', () => {
    expect(logModuleName('mod_auth_basic.c')).toBe('auth_basic');
    expect(logModuleName('auth_basic_module')).toBe('auth_basic');
    expect(logModuleName('auth_basic')).toBe('auth_basic');
  });
});
