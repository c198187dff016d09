import { BlockList } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseIpRange } from '../../core/ip-range.ts';

describe('an address range', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.9.9.9/8', '10.1.1.1', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['200.0.0.0/255.0.0.0', '200.1.2.3', true],
    ['10.1.0.0/255.0.255.0', '10.7.1.9', false],
    ['10.1.5.0/255.0.255.0', '10.9.5.7', true],
    ['10.1', '10.1.77.1', true],
    ['10.1.', '10.1.77.1', true],
    ['10.1', '10.10.7.1', false],
    ['192', '192.0.2.1', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:0a01:0203', true],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['::1', '::1', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['::/0', '2001:db8::1', true],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::/0', '10.1.2.3', false],
    ['10.0.0.0/8', 'localhost', false],
    ['10.0.0.0/8', '', false],
  ])('%s, %s: %s', (range, address, expected) => {
    expect(parseIpRange(range).contains(address)).toBe(expected);
  });

  it.each([
    '',
    'localhost',
    '10.1/16',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '300.1',
    '::1/129',
    '10..1',
    '::1/ffff::',
  ])('is not made of "%s"', (text) => {
    expect(() => parseIpRange(text)).toThrow(`not "${text}"`);
  });

  it("agrees with Node's own lists", () => {
    const pair = fc.oneof(
      fc.record({ family: fc.constant('ipv4' as const), base: fc.ipV4(), candidate: fc.ipV4(), prefix: fc.nat(32) }),
      fc.record({ family: fc.constant('ipv6' as const), base: fc.ipV6(), candidate: fc.ipV6(), prefix: fc.nat(128) }),
    );
    fc.assert(
      fc.property(pair, ({ family, base, candidate, prefix }) => {
        const list = new BlockList();
        list.addSubnet(base, prefix, family);
        expect(parseIpRange(`${base}/${prefix}`).contains(candidate)).toBe(list.check(candidate, family));
        expect(parseIpRange(`${base}/${prefix}`).contains(base)).toBe(true);
      }),
    );
  });
});
