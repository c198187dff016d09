import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fakeRequest } from 'sluice/testing';
import { parseClientKey } from '../client-key.ts';

function addressKey(clientIp: string): string {
  const r = fakeRequest({});
  r.clientIp = clientIp;
  return parseClientKey('address')!.of(r);
}

describe('the key of a client', () => {
  it('is its address', () => {
    assert.equal(addressKey('192.0.2.1'), 'address:192.0.2.1');
  });

  it('is the network of an IPv6 address, however that is written', () => {
    assert.equal(addressKey('2001:db8:0:1::7'), 'address:2001:db8:0:1::/64');
    assert.equal(addressKey('2001:0db8:0000:0001:ffff::'), 'address:2001:db8:0:1::/64');
    assert.equal(addressKey('2001:db8::1'), 'address:2001:db8:0:0::/64');
    assert.equal(addressKey('::1'), 'address:0:0:0:0::/64');
    assert.equal(addressKey('fe80::1%eth0'), 'address:fe80:0:0:0::/64');
  });

  it('does not show what a header says', () => {
    const r = fakeRequest({ headers: { 'X-Key': 'secret' } });
    assert.match(parseClientKey('header:X-Key')!.of(r), /^header:x-key:[\w-]{43}$/);
  });
});
