import { describe, expect, it } from '@jest/globals';
import { createHash, hash } from '#primitives';
import { toHex } from '../../../src/core/encoding/index.js';
import { SM3 } from '../../conformance/sm.js';
import { testSuite } from '../../support/test-suite.js';

testSuite(SM3);

describe('SM3', () => {
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
