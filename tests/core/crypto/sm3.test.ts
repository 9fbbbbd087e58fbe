import { describe, expect, it } from '@jest/globals';
import { createHash, hash } from '#primitives';
import { toHex, utf8 } from '../../../src/core/encoding/index.js';

describe('SM3', () => {
  // GB/T 32905-2016 annex A.1 and A.2.
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('gives the value of the standard for %s', (text, expected) => {
    expect(toHex(hash('sm3', utf8(text)))).toBe(expected);
  });

  it('gives the same value in pieces of every size around the block of 64 bytes', () => {
    const data = Uint8Array.from({ length: 200 }, (_, i) => i);
    const whole = toHex(hash('sm3', data));
    for (const size of [1, 7, 55, 56, 63, 64, 65, 128]) {
      const running = createHash('sm3');
      for (let at = 0; at < data.length; at += size) running.update(data.subarray(at, at + size));
      expect(toHex(running.digest())).toBe(whole);
    }
  });
});
