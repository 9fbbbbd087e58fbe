import { childrenOf, isUniversal, readBitString, readDer, readOid, TAG } from '../../encoding/index.js';
import type { Oid } from '../../encoding/index.js';
import { reading } from '../malformed.js';
import type { Certificate } from '../types.js';

/** What a policy asks of a key: RSA length in bits, or the curve. */
export type PublicKeyKind =
  | { readonly kind: 'rsa'; readonly bits: number }
  | { readonly kind: 'ec'; readonly curve: Oid }
  | { readonly kind: 'other'; readonly algorithm: Oid };

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const EC = '1.2.840.10045.2.1';

/** @throws PkiError CERTIFICATE_MALFORMED when the key is not what its algorithm says */
export function publicKeyOf(certificate: Certificate): PublicKeyKind {
  return reading('CERTIFICATE_MALFORMED', () => {
    const [identifier, key] = childrenOf(readDer(certificate.spki));
    const [algorithm, parameters] = childrenOf(identifier);
    const oid = readOid(algorithm);
    if (oid === RSA || oid === RSA_PSS) {
      const [modulus] = childrenOf(readDer(readBitString(key)));
      return { kind: 'rsa', bits: bitsOf(modulus?.contents ?? new Uint8Array(0)) };
    }
    // Explicit curve parameters (RFC 3279) are a known way to forge: such a key is `other`.
    if (oid === EC && isUniversal(parameters, TAG.oid)) return { kind: 'ec', curve: readOid(parameters) };
    return { kind: 'other', algorithm: oid };
  });
}

function bitsOf(unsigned: Uint8Array): number {
  const start = unsigned.findIndex((byte) => byte !== 0);
  if (start < 0) return 0;
  return (unsigned.length - start) * 8 - Math.clz32(unsigned[start]!) + 24;
}
