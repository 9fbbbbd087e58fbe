import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateKey } from '../../../src/adapters/keys/index.js';
import { chooseSm2Engine } from '../../../src/adapters/keys/sm2-engine.js';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import { utf8 } from '../../../src/core/encoding/index.js';
import { nativeSm2 } from '../../../src/core/primitives/node-sm2.js';

const random = { bytes: (count: number) => Uint8Array.from(randomBytes(count)) };
const suite = suiteById('SM2-SM3');
const message = utf8('message');
/** An engine as it would be if OpenSSL's SM2 were broken in some way. */
const broken = (sign: () => Uint8Array) => ({ verify: () => true, signer: () => sign });

describe('chooseSm2Engine', () => {
  const candidates = [
    ['as it is here', undefined],
    ['@noble/curves', broken(() => Uint8Array.of(0x30, 0))],
  ] as const;
  it.each(candidates)('signs what the suite accepts: %s', async (_, native) => {
    const engine = chooseSm2Engine(random, native);
    const { pkcs8, spki } = await generateKey('SM2-SM3');
    const sign = engine.signer(pkcs8);
    pkcs8.fill(0);
    for (let i = 0; i < 20; i++) {
      const signature = sign(message, suite.defaultContext);
      expect(await checkSuiteSignature({ suite, spki, message, signature })).toBe(true);
    }
    expect(engine.passed).toBe(true);
  });

  it('prefers OpenSSL where it passes', () => {
    expect(chooseSm2Engine(random).name).toBe(nativeSm2 ? 'OpenSSL inside Node' : '@noble/curves');
  });

  it.each([
    ['signs wrongly', () => Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1)],
    [
      'throws',
      () => {
        throw new Error('no such engine');
      },
    ],
  ])('falls back to @noble/curves when OpenSSL %s', (_, sign) => {
    expect(chooseSm2Engine(random, broken(sign)).name).toBe('@noble/curves');
  });

  it('draws another k when one cannot be used', async () => {
    const draws = [new Uint8Array(32), new Uint8Array(32).fill(0xff), random.bytes(32).fill(1, 0, 1)];
    const engine = chooseSm2Engine(
      { bytes: () => draws.shift()! },
      broken(() => new Uint8Array(0)),
    );
    const { pkcs8, spki } = await generateKey('SM2-SM3');
    const signature = engine.signer(pkcs8)(message, suite.defaultContext);
    expect(draws).toEqual([]);
    expect(await checkSuiteSignature({ suite, spki, message, signature })).toBe(true);
  });
});
