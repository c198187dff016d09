import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDigestCredentials } from '../../../phases/auth-digest/digest-credentials.ts';

const whole = {
  username: '"ann"',
  realm: '"staff"',
  nonce: '"n"',
  uri: '"/a"',
  response: '"00ff"',
  cnonce: '"c"',
  nc: '00000001',
  qop: 'auth',
};

function header(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const said = Object.entries({ ...whole, ...changes }).filter(([, value]) => value !== undefined);
  return `Digest ${said.map(([name, value]) => `${name}=${value}`).join(', ')}`;
}

describe('the credentials of Digest', () => {
  it('are read from a header', () => {
    expect(parseDigestCredentials(header())).toEqual({
      username: 'ann',
      realm: 'staff',
      nonce: 'n',
      uri: '/a',
      response: '00ff',
      algorithm: 'MD5',
      cnonce: 'c',
      nc: '00000001',
    });
  });

  it.each([
    ['an escaped quote', { username: '"a\\"b"' }, { username: 'a"b' }],
    ['octets of UTF-8', { username: `"${Buffer.from('zoë').toString('latin1')}"` }, { username: 'zoë' }],
    ['an encoded name', { username: undefined, 'username*': "UTF-8''zo%C3%AB" }, { username: 'zoë' }],
    ['another algorithm', { algorithm: 'sha-256' }, { algorithm: 'SHA-256' }],
    ['a quoted qop', { qop: '"auth"' }, { nc: '00000001' }],
    ['a comma in quotes', { uri: '"/a,b=c"' }, { uri: '/a,b=c' }],
  ])('may have %s', (_case, changes, expected) => {
    expect(parseDigestCredentials(header(changes))).toMatchObject(expected);
  });

  it.each([
    ...Object.keys(whole).map((name) => [`no ${name}`, header({ [name]: undefined })] as const),
    ['no header', undefined],
    ['another scheme', 'Basic YTpi'],
    ['nothing behind the scheme', 'Digest '],
    ['a parameter twice', `${header()}, uri="/b"`],
    ['a quote that is not closed', header({ uri: '"/a' })],
    ['another qop', header({ qop: 'auth-int' })],
    ['an algorithm nobody knows', header({ algorithm: 'MD5-sess' })],
    ['a count that is none', header({ nc: '1' })],
    ['a response that is no hash', header({ response: '"xyz"' })],
    ['a name that is no UTF-8', header({ username: undefined, 'username*': "UTF-8''%FF" })],
  ])('are none with %s', (_case, text) => {
    expect(parseDigestCredentials(text)).toBeUndefined();
  });

  it('are read from any text without a throw', () => {
    const text = fc
      .array(fc.constantFrom('Digest ', 'uri', '=', '"', '\\', ',', ' ', 'a', 'nc', '\n'))
      .map((parts) => parts.join(''));
    fc.assert(fc.property(text, (given) => parseDigestCredentials(given) === undefined));
  });
});
