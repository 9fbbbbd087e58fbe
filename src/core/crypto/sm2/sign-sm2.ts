import { der, toHex } from '../../encoding/index.js';
import { Point, SM2, sm2Digest } from '../../primitives/noble-sm2.js';
import { CryptoError } from '../errors.js';

export interface Sm2SignInput {
  /** d, 32 bytes, big-endian, in [1, n-2]. */
  readonly privateKey: Uint8Array;
  /** The random number of step A3, 32 bytes, uniform in [1, n-1], fresh for every signature. */
  readonly k: Uint8Array;
  readonly message: Uint8Array;
  /** User identifier, GB/T 32918.2 5.5. */
  readonly id: Uint8Array;
}

/**
 * SM2 signature, GB/T 32918.2 clause 6.1, steps A1 to A7: DER SEQUENCE { r, s }.
 *
 * `k` is drawn by the caller and must never be known, repeated or biased. From s = (1+d)^-1 (k - r d) follows
 * d = (k - s) / (s + r): whoever learns ONE k computes the private key from one public signature. Two signatures
 * with the same k give it without knowing k: d = (s2 - s1) / (s1 + r1 - s2 - r2). A few known bits of k in many
 * signatures are enough too (lattice attack). BigInt arithmetic is not constant-time, so this is for software keys only.
 *
 * @returns undefined when this k cannot be used (out of range, r = 0, r + k = n or s = 0): draw another.
 * @throws CryptoError KEY_UNSUPPORTED when the private key is out of range.
 */
export function signSm2({ privateKey, k, message, id }: Sm2SignInput): Uint8Array | undefined {
  const d = bigOf(privateKey);
  if (privateKey.length !== 32 || d < 1n || d > SM2.n - 2n)
    throw new CryptoError('KEY_UNSUPPORTED', { en: 'not an SM2 private key', zh: '不是有效的 SM2 私钥' });
  const point = Point.BASE.multiply(d).toBytes(false);
  return signSm2Digest({ d, k: bigOf(k), e: bigOf(sm2Digest(point, message, id)) });
}

/** Steps A4 to A7 for a digest e that is already there. The limits of `signSm2` hold for d and k. */
export function signSm2Digest({ d, k, e }: { d: bigint; k: bigint; e: bigint }): Uint8Array | undefined {
  if (k < 1n || k >= SM2.n) return undefined;
  const r = Fn.create(e + Point.BASE.multiply(k).toAffine().x);
  if (r === 0n || r + k === SM2.n) return undefined;
  const s = Fn.mul(Fn.inv(1n + d), Fn.create(k - r * d));
  return s === 0n ? undefined : der.sequence(der.integer(r), der.integer(s));
}

/** Integers modulo n. */
const Fn = Point.Fn;

const bigOf = (bytes: Uint8Array): bigint => BigInt('0x0' + toHex(bytes));
