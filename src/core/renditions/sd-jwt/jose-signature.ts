import type { Suite } from '../../crypto/index.js';
import { childrenOf, concat, der, integerOf, readDer, expectTag, TAG } from '../../encoding/index.js';
import { sdJwtError } from './errors.js';

/**
 * Bytes of r and of s where the suite's signature is a pair: RFC 7518 3.4 for ECDSA. SM2 likewise, 32 and 32
 * (unverified: GM/T 0125.2 was not available). Undefined for suites whose JOSE form is the signature itself.
 */
function halfLength(suite: Suite): number | undefined {
  if (suite.scheme.kind === 'sm2') return 32;
  if (suite.scheme.kind !== 'ecdsa') return undefined;
  return suite.scheme.curve === 'P-256' ? 32 : 48;
}

/** From the form that keys give and `checkSuiteSignature` takes (DER for pairs) to that of JOSE (r then s, fixed length). */
export function toJoseSignature(suite: Suite, signature: Uint8Array): Uint8Array {
  const half = halfLength(suite);
  if (half === undefined) return signature;
  const [r, s, more] = childrenOf(readDer(signature));
  if (more) throw sdJwtError('SD_JWT_SIGNATURE_MALFORMED');
  return concat([
    unsigned(expectTag(r, TAG.integer).contents, half),
    unsigned(expectTag(s, TAG.integer).contents, half),
  ]);
}

/** The reverse; refuses a value of the wrong length, so that one signature has one text. */
export function fromJoseSignature(suite: Suite, signature: Uint8Array): Uint8Array {
  const half = halfLength(suite);
  if (half === undefined) return signature;
  if (signature.length !== 2 * half) throw sdJwtError('SD_JWT_SIGNATURE_MALFORMED');
  return der.sequence(der.unsigned(signature.subarray(0, half)), der.unsigned(signature.subarray(half)));
}

function unsigned(contents: Uint8Array, length: number): Uint8Array {
  const value = integerOf(contents);
  const digits = contents[0] === 0 ? contents.subarray(1) : contents;
  if (value <= 0n || digits.length > length) throw sdJwtError('SD_JWT_SIGNATURE_MALFORMED');
  return concat([new Uint8Array(length - digits.length), digits]);
}
