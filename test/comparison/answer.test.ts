import { describe, expect, it } from '@jest/globals';
import { type Answer, comparable } from './answer.ts';

const circumstances = { host: 'localhost', root: '/tmp/case', port: 4321, random: [/nonce="\w+"/] };

function compared(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
  hasBody = true,
): Answer {
  const raw = { status, headers: Object.entries(headers), body: Buffer.from(body) };
  return comparable(raw, hasBody, circumstances);
}

describe('what is compared of an answer', () => {
  it('leaves out the date, the product, the connection and a framing that is right', () => {
    const headers = { date: 'now', server: 'x', connection: 'close', 'content-length': '2', etag: '"1"' };
    expect(compared(200, headers, 'ab')).toEqual({ status: 200, headers: { etag: '"1"' }, body: 'ab' });
  });

  it('keeps a length that the body does not have', () => {
    expect(compared(200, { 'content-length': '3' }, 'ab').headers).toEqual({ 'content-length': '3' });
    expect(compared(200, { 'content-length': '3' }, '', false).headers).toEqual({ 'content-length': '3' });
  });

  it('takes folder, port and random values for the same', () => {
    const answer = compared(200, { location: '/x:4321/', 'www-authenticate': 'Digest nonce="a1"' }, '/tmp/case/a.txt');
    expect(answer).toEqual({
      status: 200,
      headers: { location: '/x:@PORT@/', 'www-authenticate': 'Digest @RANDOM@' },
      body: '@ROOT@/a.txt',
    });
  });

  it('takes Allow for a set', () => {
    expect(compared(405, { allow: 'HEAD,GET' })).toEqual(compared(405, { allow: 'GET, HEAD' }));
    expect(compared(405, { allow: 'GET' })).not.toEqual(compared(405, { allow: 'GET, HEAD' }));
  });

  it("takes a server's own pages for the same, but not those of a site", () => {
    const apache = '<!DOCTYPE HTML PUBLIC "x">\n<html><head>\n<title>404 Not Found</title>\n</head></html>';
    const sluice = '<!DOCTYPE html>\n<html lang="en"><head><title>404 Not Found</title></head></html>';
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    expect(compared(404, headers, apache)).toEqual(compared(404, {}, sluice));
    expect(compared(404, headers, apache).body).toBe('(built-in page)');
    expect(compared(404, headers, '<html>404 Not Found</html>').body).toBe('<html>404 Not Found</html>');
    expect(compared(200, headers, apache).body).toBe(apache);
  });

  it('tells bytes from text, and keeps of long bodies the beginning and the hash', () => {
    expect(compared(200, {}, Buffer.from([0xff, 0x41])).body).toBe('(bytes) ÿA');
    const [a, b] = ['a', 'b'].map((end) => compared(200, {}, 'x'.repeat(5_000) + end).body);
    expect(a).toMatch(/^x{200}… \(5001 characters, sha256 [0-9a-f]{64}\)$/);
    expect(a).not.toBe(b);
  });
});
