import { signSm2 } from '../../core/crypto/index.js';
import { childrenOf, der, expectTag, readDer, readOctetString, TAG } from '../../core/encoding/index.js';
import { SM2_VECTOR, nativeSm2 } from '../../core/primitives/node-sm2.js';
import type { NativeSm2 } from '../../core/primitives/node-sm2.js';
import { readRs, sm2Spki, verifySm2 } from '../../core/primitives/noble-sm2.js';
import type { Random } from '../../ports/random.js';

export interface Sm2Engine {
  readonly name: string;
  /** What it is asked at start passed. False: nothing is signed with SM2. */
  readonly passed: boolean;
  /** Signs with the key in `pkcs8`, which may be wiped afterwards. Answers DER SEQUENCE { r, s }. */
  signer(pkcs8: Uint8Array): (message: Uint8Array, id: Uint8Array) => Uint8Array;
}

/** OpenSSL inside Node where it passes, else @noble/curves. `native` is an argument for the tests' sake only. */
export function chooseSm2Engine(random: Random, native: NativeSm2 | undefined = nativeSm2): Sm2Engine {
  if (native && nativePasses(native))
    return { name: 'OpenSSL inside Node', passed: true, signer: (pkcs8) => native.signer(pkcs8) };
  return {
    name: '@noble/curves',
    passed: ownPasses(),
    signer(pkcs8) {
      const privateKey = sm2PrivateKey(pkcs8);
      return (message, id) => {
        for (;;) {
          const signature = signSm2({ privateKey, k: random.bytes(32), message, id });
          if (signature) return signature;
        }
      };
    },
  };
}

/** OpenSSL draws k itself, so r and s cannot be compared: its signature with the vector's key must pass our own check. */
function nativePasses(native: NativeSm2): boolean {
  const { point, message, id } = SM2_VECTOR;
  try {
    return verifySm2(sm2Spki(point), message, native.signer(vectorPkcs8())(message, id), id);
  } catch {
    return false;
  }
}

function ownPasses(): boolean {
  const { privateKey, k, message, id, r, s } = SM2_VECTOR;
  const signature = signSm2({ privateKey, k, message, id });
  const rs = signature && readRs(signature);
  return rs !== undefined && rs.r === big(r) && rs.s === big(s);
}

const big = (bytes: Uint8Array) => BigInt('0x' + Buffer.from(bytes).toString('hex'));

function vectorPkcs8(): Uint8Array {
  const { privateKey, point } = SM2_VECTOR;
  const algorithm = der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.156.10197.1.301'));
  const key = der.sequence(der.integer(1), der.octetString(privateKey), der.explicit(1, der.bitString(point)));
  return der.sequence(der.integer(0), algorithm, der.octetString(key));
}

/** The 32 bytes of d: ECPrivateKey (RFC 5915) inside PrivateKeyInfo. */
function sm2PrivateKey(pkcs8: Uint8Array): Uint8Array {
  const [, , inner] = childrenOf(readDer(pkcs8));
  const [, d] = childrenOf(readDer(readOctetString(expectTag(inner, TAG.octetString))));
  return Uint8Array.from(readOctetString(d));
}
