import { describe, expect, it } from '@jest/globals';
import { fromHex, oidFromBytes, oidToBytes, toHex } from '../../../src/core/encoding/index.js';

describe('object identifiers', () => {
  it.each([
    ['1.2.156.10197.1.501', '2a811ccf55018375'],
    ['2.999.3', '883703'],
    ['2.5.4.3', '550403'],
    ['0.9.2342', '099226'],
    ['1.39.0', '4f00'],
    ['2.1152921504606846976', '908080808080808050'],
  ])('writes and reads %s', (oid, hex) => {
    expect(toHex(oidToBytes(oid))).toBe(hex);
    expect(oidFromBytes(fromHex(hex))).toBe(oid);
  });

  it('keeps a 128-bit arc whole', () => {
    const oid = '2.25.323759826816191288112503082895547256683.1';
    expect(oidFromBytes(oidToBytes(oid))).toBe(oid);
  });

  it.each(['', '1', '3.1', '1.40', '1.2.', '1.02', 'a.b', '1.-2'])('refuses the text %j', (text) => {
    expect(() => oidToBytes(text)).toThrow('malformed object identifier');
  });

  it.each(['', '80', '2a8001', '2a81', `2a${'ff'.repeat(30)}7f`])('refuses the octets %j', (hex) => {
    expect(() => oidFromBytes(fromHex(hex))).toThrow('malformed object identifier');
  });
});
