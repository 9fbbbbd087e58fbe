import { describe, expect, it } from '@jest/globals';
import { checkSuiteSignature, signSm2, suiteById } from '../../../src/core/crypto/index.js';
import { signSm2Digest } from '../../../src/core/crypto/sm2/sign-sm2.js';
import { fromHex, utf8 } from '../../../src/core/encoding/index.js';
import { Point, SM2, readRs, sm2Spki } from '../../../src/core/primitives/noble-sm2.js';
import { SM2 as SM2_SUITE, SM2_EXAMPLE } from '../../conformance/sm.js';
import { testSuite } from '../../support/test-suite.js';

const { privateKey: d, k } = SM2_EXAMPLE;
const message = utf8(SM2_EXAMPLE.message);
const id = utf8(SM2_EXAMPLE.id);
const privateKey = fromHex(d);
const spki = sm2Spki(Point.BASE.multiply(BigInt('0x' + d)).toBytes(false));
const suite = suiteById('SM2-SM3');

testSuite(SM2_SUITE);

describe('signSm2', () => {
  it('makes signatures that the suite accepts, for that message and identifier only', async () => {
    const signature = signSm2({ privateKey, k: fromHex(k), message, id })!;
    expect(await checkSuiteSignature({ suite, spki, message, signature })).toBe(true);
    expect(await checkSuiteSignature({ suite, spki, message: utf8('message digesT'), signature })).toBe(false);
    expect(await checkSuiteSignature({ suite, spki, message, signature, context: utf8('someone else') })).toBe(false);
  });

  it.each([
    ['zero', '00'.repeat(32)],
    ['n', SM2.n.toString(16)],
    ['nothing', ''],
  ])('asks for another k when it is %s', (_, hex) => {
    expect(signSm2({ privateKey, k: fromHex(hex), message, id })).toBeUndefined();
  });

  it.each([
    ['zero', '00'.repeat(32)],
    ['n - 1', (SM2.n - 1n).toString(16)],
    ['short', '01'],
  ])('refuses a private key that is %s', (_, hex) => {
    expect(() => signSm2({ privateKey: fromHex(hex), k: fromHex(k), message, id })).toThrow(
      expect.objectContaining({ code: 'KEY_UNSUPPORTED' }),
    );
  });
});

describe('signSm2Digest', () => {
  const dBig = BigInt('0x' + d);
  const kBig = BigInt('0x' + k);
  const x = Point.BASE.multiply(kBig).toAffine().x;

  it.each([
    ['r would be zero', -x],
    ['r + k would be n', -kBig - x],
    ['s would be zero', kBig * Point.Fn.inv(dBig) - x],
  ])('asks for another k when %s', (_, e) => {
    expect(signSm2Digest({ d: dBig, k: kBig, e: Point.Fn.create(e) })).toBeUndefined();
  });

  it('gives the private key away when k is known or used twice, as its comment says', () => {
    const { Fn } = Point;
    const one = readRs(signSm2Digest({ d: dBig, k: kBig, e: 1n })!)!;
    const two = readRs(signSm2Digest({ d: dBig, k: kBig, e: 2n })!)!;
    expect(Fn.mul(Fn.create(kBig - one.s), Fn.inv(Fn.create(one.s + one.r)))).toBe(dBig);
    expect(Fn.mul(Fn.create(two.s - one.s), Fn.inv(Fn.create(one.s + one.r - two.s - two.r)))).toBe(dBig);
  });
});
