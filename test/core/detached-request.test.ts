import { describe, expect, it } from '@jest/globals';
import { type DetachedRequest, detachedRequest } from '../../core/detached-request.ts';
import type { ServerRecord } from '../../core/server-record.ts';
import { bareServer } from '../../testing/bare-server.ts';
import { MemorySink } from '../../testing/memory-sink.ts';

function make(request: DetachedRequest): { r: ReturnType<typeof detachedRequest>; asked: unknown[] } {
  const asked: unknown[] = [];
  const chooseServer = (
    { localIp, localPort }: { localIp: string; localPort: number },
    host?: string,
  ): ServerRecord => {
    // The connection has a server of its own, by the address alone.
    if (host !== undefined) asked.push(localIp, localPort, host);
    return bareServer({}, { log() {}, close() {}, enabled: () => true });
  };
  return { r: detachedRequest({ chooseServer }, request, new MemorySink()), asked };
}

describe('detachedRequest', () => {
  it('is a GET of the root at localhost by default', () => {
    const { r, asked } = make({});
    expect(r.theRequest).toBe('GET / HTTP/1.1');
    expect([...r.headersIn]).toEqual([['Host', 'localhost']]);
    expect(asked).toEqual(['127.0.0.1', 80, 'localhost']);
  });

  it('takes host and port of a whole URL', () => {
    const { r, asked } = make({ url: 'http://shop.example:8080/a?b=c', localIp: '10.0.0.1' });
    expect(r.unparsedUri).toBe('/a?b=c');
    expect(asked).toEqual(['10.0.0.1', 8080, 'shop.example:8080']);
  });

  it('keeps repeated headers, and lets a Host header win over the URL', () => {
    const { r, asked } = make({
      url: 'http://shop.example/',
      headers: [
        ['X-A', '1'],
        ['x-a', '2'],
        ['host', 'other.example'],
      ],
    });
    expect(r.headersIn.get('X-A')).toBe('1, 2');
    expect(asked.at(-1)).toBe('other.example');
  });

  it('gives the body to be read, with its length in bytes', async () => {
    const { r } = make({ method: 'POST', body: 'grün' });
    expect(r.headersIn.get('Content-Length')).toBe('5');
    expect(await r.text()).toBe('grün');
  });

  it('throws for what is neither a path nor a URL', () => {
    expect(() => make({ url: 'nowhere' })).toThrow('Invalid URL');
  });
});
