import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readProxyHeader } from '../../../core/host/proxy-protocol.ts';

const signature = '\r\n\r\n\0\r\nQUIT\n';

/** A header of version 2. */
function version2(command: number, family: number, body: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([Buffer.from(signature, 'latin1'), Buffer.from([0x20 | command, family]), length, body]);
}

const ports = (...numbers: number[]): Buffer =>
  Buffer.concat(numbers.map((port) => Buffer.from([port >> 8, port & 255])));
const port = fc.integer({ min: 0, max: 65_535 });
const ipv4Client = fc.record({ ip: fc.ipV4(), port });
const ipv6Groups = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 8, maxLength: 8 });

describe('readProxyHeader', () => {
  it('reads version 1', () => {
    fc.assert(
      fc.property(ipv4Client, ipv4Client, fc.string(), (client, target, rest) => {
        const head = `PROXY TCP4 ${client.ip} ${target.ip} ${client.port} ${target.port}\r\n`;
        expect(readProxyHeader(Buffer.from(head + rest))).toEqual({
          value: { kind: 'client', ...client },
          length: head.length,
        });
      }),
    );
    expect(readProxyHeader(Buffer.from('PROXY TCP6 2001:DB8::1 ::1 1 2\r\n'))?.value).toEqual({
      kind: 'client',
      ip: '2001:db8::1',
      port: 1,
    });
    expect(readProxyHeader(Buffer.from('PROXY TCP6 ::ffff:10.1.2.3 ::1 1 2\r\n'))?.value).toMatchObject({
      ip: '10.1.2.3',
    });
  });

  it('reads version 2, whatever TLVs stand behind the addresses', () => {
    fc.assert(
      fc.property(
        ipv4Client,
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array({ maxLength: 20 }),
        (client, more, rest) => {
          const address = Buffer.from(client.ip.split('.').map(Number));
          const head = version2(1, 0x11, Buffer.concat([address, address, ports(client.port, 80), more]));
          expect(readProxyHeader(Buffer.concat([head, rest]))).toEqual({
            value: { kind: 'client', ...client },
            length: head.length,
          });
        },
      ),
    );
  });

  it('reads IPv6 addresses of version 2 as Node writes them', () => {
    fc.assert(
      fc.property(ipv6Groups, port, (groups, clientPort) => {
        const address = ports(...groups);
        const { value } = readProxyHeader(
          version2(1, 0x21, Buffer.concat([address, address, ports(clientPort, 443)])),
        )!;
        const text = groups.map((group) => group.toString(16)).join(':');
        expect(value).toEqual({
          kind: 'client',
          ip: new URL(`http://[${text}]/`).hostname.slice(1, -1),
          port: clientPort,
        });
      }),
    );
  });

  it.each([
    ['UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n')],
    ['UNKNOWN with addresses', Buffer.from('PROXY UNKNOWN ffff:: ffff:: 65535 65535\r\n')],
    ['LOCAL', version2(0, 0x11, Buffer.alloc(12))],
    ['LOCAL without addresses', version2(0, 0, Buffer.alloc(0))],
    ['a UNIX socket', version2(1, 0x31, Buffer.alloc(216))],
    ['an unknown family', version2(1, 0, Buffer.alloc(3))],
  ])('knows no client of %s', (_, head) => {
    expect(readProxyHeader(head)).toEqual({ value: { kind: 'unknown' }, length: head.length });
  });

  it('waits for the whole of either version', () => {
    const heads = [
      Buffer.from('PROXY TCP4 10.1.2.3 10.4.5.6 1234 80\r\n'),
      version2(1, 0x11, Buffer.concat([Buffer.alloc(8), ports(1, 2), Buffer.alloc(40)])),
    ];
    for (const head of heads) {
      for (let length = 0; length < head.length; length++) {
        expect(readProxyHeader(head.subarray(0, length))).toBeUndefined();
      }
    }
  });

  it.each([
    'PROXY TCP4 10.1.2.3 10.4.5.6 1234\r\n',
    'PROXY TCP4 10.1.2.3 10.4.5.6 1234 80 9\r\n',
    'PROXY TCP4 10.1.2.300 10.4.5.6 1234 80\r\n',
    'PROXY TCP4 ::1 ::1 1234 80\r\n',
    'PROXY TCP6 10.1.2.3 ::1 1234 80\r\n',
    'PROXY TCP4 10.1.2.3 10.4.5.6 01 80\r\n',
    'PROXY TCP4 10.1.2.3 10.4.5.6 65536 80\r\n',
    'PROXY UDP4 10.1.2.3 10.4.5.6 1 80\r\n',
    `PROXY TCP4 ${'1'.repeat(110)}`,
    `${signature}\x11\x11\x00\x0c${'\0'.repeat(12)}`,
    `${signature}\x22\x11\x00\x0c${'\0'.repeat(12)}`,
    `${signature}\x21\x11\x00\x04${'\0'.repeat(4)}`,
  ])('refuses %j', (head) => {
    expect(() => readProxyHeader(Buffer.from(head, 'latin1'))).toThrow(/^PROXY protocol: \S/);
  });

  it('sees what is no header by its first different byte', () => {
    for (const text of ['G', 'PROXx', '\r\n\r\nG', '\x16']) {
      expect(readProxyHeader(Buffer.from(text))).toEqual({ value: { kind: 'absent' }, length: 0 });
    }
  });

  it('gives an answer, waits or refuses for any bytes', () => {
    const beginning = fc.constantFrom('PROXY ', 'PROXY TCP4 ', signature, `${signature}\x21`, '');
    fc.assert(
      fc.property(beginning, fc.uint8Array({ maxLength: 200 }), (start, noise) => {
        const bytes = Buffer.concat([Buffer.from(start, 'latin1'), noise]);
        try {
          const found = readProxyHeader(bytes);
          if (found !== undefined) expect(found.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_SLUICE_PROXY_PROTOCOL' });
        }
      }),
      { numRuns: 500 },
    );
  });
});
