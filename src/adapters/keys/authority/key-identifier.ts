import { hash } from '#primitives';
import { childrenOf, readBitString, readDer, toHex } from '../../../core/encoding/index.js';

/** RFC 7093 method 1: the first 160 bits of the SHA-256 of the public key's bits; hex. */
export function keyIdentifier(spki: Uint8Array): string {
  return toHex(hash('sha256', readBitString(childrenOf(readDer(spki))[1])).subarray(0, 20));
}
