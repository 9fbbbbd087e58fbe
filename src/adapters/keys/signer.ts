import { constants, createPrivateKey, sign } from 'node:crypto';
import { suiteById } from '../../core/crypto/index.js';
import type { SuiteId } from '../../core/crypto/index.js';
import { KeyError } from './errors.js';
import type { Sm2Engine } from './sm2-engine.js';

/** One private key, decoded and held. SM2, ECDSA: DER SEQUENCE { r, s }; others the raw value. */
export interface Signer {
  readonly suite: SuiteId;
  sign(message: Uint8Array): Uint8Array;
}

/** Decodes once, since decoding an RSA key costs as much as signing with it. `pkcs8` may be wiped afterwards. */
export function openSigner(suiteId: SuiteId, pkcs8: Uint8Array, engine: Sm2Engine): Signer {
  const { scheme, defaultContext } = suiteById(suiteId);
  if (scheme.kind === 'sm2') {
    if (!engine.passed) throw new KeyError('KEY_REFUSED', { en: 'the SM2 self-test failed', zh: 'SM2 自检未通过' });
    const signWith = engine.signer(pkcs8);
    return { suite: suiteId, sign: (message) => signWith(message, defaultContext) };
  }
  const key = createPrivateKey({
    key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
    format: 'der',
    type: 'pkcs8',
  });
  const hash = scheme.kind === 'ed25519' ? null : scheme.hash;
  const options =
    scheme.kind === 'rsa-pss'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
      : scheme.kind === 'rsa-pkcs1'
        ? { key, padding: constants.RSA_PKCS1_PADDING }
        : { key };
  return { suite: suiteId, sign: (message) => Uint8Array.from(sign(hash, message, options)) };
}
