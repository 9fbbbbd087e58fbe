import { describe, expect, it } from '@jest/globals';
import { concat, der, fromHex, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { Point, SM2, readRs, sm2PointOf, sm2Spki, verifySm2 } from '../../../src/core/primitives/noble-sm2.js';
import { SM2_VECTOR } from '../../../src/core/primitives/node-sm2.js';

const { message, id, point, r, s } = SM2_VECTOR;
const spki = sm2Spki(point);
const rs = (r: bigint, s: bigint) => der.sequence(der.integer(r), der.integer(s));
const big = (bytes: Uint8Array) => BigInt('0x' + toHex(bytes));
const good = rs(big(r), big(s));

describe('verifySm2', () => {
  it('accepts the example of GB/T 32918.5, and it alone', () => {
    expect(verifySm2(spki, message, good, id)).toBe(true);
    expect(verifySm2(spki, utf8('message digesT'), good, id)).toBe(false);
    expect(verifySm2(spki, message, good, utf8('1234567812345679'))).toBe(false);
    expect(verifySm2(sm2Spki(Point.BASE.multiply(2n).toBytes(false)), message, good, id)).toBe(false);
  });

  it.each([
    ['r is zero', 0n, 1n],
    ['s is zero', 1n, 0n],
    ['r is n', SM2.n, 1n],
    ['s is n', 1n, SM2.n],
    ['r + s is n', 1n, SM2.n - 1n],
  ])('refuses a signature whose %s', (_, r, s) => {
    expect(verifySm2(spki, message, rs(r, s), id)).toBe(false);
  });

  it('refuses a signature for which the sum of points is at infinity', () => {
    // s G + t P = O for t = -s / d: whoever holds d can write such a pair, and x of O does not exist.
    const { Fn } = Point;
    const t = Fn.neg(Fn.inv(big(SM2_VECTOR.privateKey)));
    expect(verifySm2(spki, message, rs(Fn.create(t - 1n), 1n), id)).toBe(false);
  });

  it('refuses a key that is not on the curve', () => {
    const off = Uint8Array.from(point);
    off[64]! ^= 1;
    expect(verifySm2(sm2Spki(off), message, good, id)).toBe(false);
  });
});

describe('sm2PointOf', () => {
  it('gives the point of an SM2 key', () => {
    expect(sm2PointOf(spki)).toEqual(point);
  });

  it.each([
    ['cut off', spki.subarray(0, 90)],
    ['a compressed point', Uint8Array.from(spki).fill(3, 26, 27)],
    ['a key on another curve', Uint8Array.from(spki).fill(0, 22, 23)],
  ])('gives nothing for %s', (_, bytes) => {
    expect(sm2PointOf(bytes)).toBeUndefined();
  });
});

describe('readRs', () => {
  it('reads what DER allows', () => {
    expect(readRs(fromHex('3007020101020200ff'))).toEqual({ r: 1n, s: 255n });
  });

  it.each([
    ['nothing', ''],
    ['another type', '3106020101020102'],
    ['a length that is wrong', '3007020101020102'],
    ['more than two integers of 33 octets', toHex(rs(1n << 263n, 1n << 263n)) + '00'],
    ['one integer', '3003020101'],
    ['bytes behind the second', '300702010102010200'],
    ['another type inside', '3006040101020102'],
    ['another type as the second', '3006020101040102'],
    ['a second without a length', '300402010102'],
    ['an empty integer', '300502000201' + '01'],
    ['an integer of 34 octets', toHex(concat([fromHex('3027' + '0222' + '01'.repeat(34)), fromHex('020101')]))],
    ['an integer that reaches past the end', '3006020101020201'],
    ['a negative integer', '3006020181020101'],
    ['a padded integer', '300702020001020101'],
  ])('refuses %s', (_, hex) => {
    expect(readRs(fromHex(hex))).toBeUndefined();
  });
});
