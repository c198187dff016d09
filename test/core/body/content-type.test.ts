import { describe, expect, it } from '@jest/globals';
import { parseContentType } from '../../../core/body/content-type.ts';

function parametersOf(value: string): Record<string, string> {
  return Object.fromEntries(parseContentType(value)!.parameters);
}

describe('parsing a Content-Type', () => {
  it('puts the type and the names of parameters in lower case, not the values', () => {
    expect(parseContentType(' Text/HTML ;Charset=UTF-8')).toEqual({
      type: 'text/html',
      parameters: new Map([['charset', 'UTF-8']]),
    });
  });

  it('takes a semicolon, an equals sign and an escaped quote inside quotes as text', () => {
    expect(parametersOf('a/b; x="1;y=2 \\" \\\\"; z=3')).toEqual({ x: '1;y=2 " \\', z: '3' });
  });

  it('takes an unquoted value that is no token', () => {
    expect(parametersOf('a/b; boundary=--x:y/z=1 ')).toEqual({ boundary: '--x:y/z=1' });
  });

  it('takes the first of several, and skips what is no parameter', () => {
    expect(parametersOf('a/b; ; nonsense; x=1; x=2; =3')).toEqual({ x: '1' });
  });

  it.each(['', 'text', 'text/', '/html', 'te xt/html', ';charset=utf-8', 'a/b/c'])('refuses %p as a type', (value) => {
    expect(parseContentType(value)).toBeUndefined();
  });

  it('keeps a parameter named __proto__ harmless', () => {
    expect(parseContentType('a/b; __proto__=x')!.parameters.get('__proto__')).toBe('x');
  });
});
