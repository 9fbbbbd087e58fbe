import { describe, expect, it } from '@jest/globals';
import { clientAddress } from '../../../src/surfaces/http/request/client-address.js';

describe('clientAddress', () => {
  it.each([
    ['127.0.0.1', undefined, 0, '127.0.0.1'],
    ['127.0.0.1', '192.0.2.1', 0, '127.0.0.1'],
    ['10.0.0.1', '192.0.2.1', 1, '192.0.2.1'],
    ['10.0.0.1', '203.0.113.9, 192.0.2.1, 10.0.0.2', 2, '192.0.2.1'],
    ['10.0.0.1', undefined, 2, '10.0.0.1'],
    ['10.0.0.1', ' , ', 1, '10.0.0.1'],
    ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', undefined, 0, '2001:db8:0:1'],
    ['2001:0DB8::1', undefined, 0, '2001:db8:0:0'],
    ['2001:db8:1:2::', undefined, 0, '2001:db8:1:2'],
    ['::1', undefined, 0, '0:0:0:0'],
    ['fe80::1%eth0', undefined, 0, 'fe80:0:0:0'],
  ])('takes %s with %s behind %i proxies for %s', (socket, forwarded, proxies, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
  });
});
