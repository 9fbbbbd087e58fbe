import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { suiteById } from '../../core/crypto/index.js';
import type { SuiteId } from '../../core/crypto/index.js';

export interface KeyPair {
  /** PrivateKeyInfo (RFC 5958), DER: the caller wipes it. */
  readonly pkcs8: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
}

const generate = promisify(generateKeyPair) as unknown as (
  type: 'rsa' | 'ec' | 'ed25519',
  options: object,
) => Promise<{ privateKey: Buffer; publicKey: Buffer }>;

/** A fresh key for this suite, from OpenSSL's generator, outside the main thread's time. RSA keys have `rsaBits`. */
export async function generateKey(suite: SuiteId, rsaBits: 2048 | 3072 = 3072): Promise<KeyPair> {
  const { scheme } = suiteById(suite);
  const encodings = {
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  };
  const pair = await (() => {
    switch (scheme.kind) {
      case 'sm2':
        return generate('ec', { namedCurve: 'SM2', ...encodings });
      case 'ecdsa':
        return generate('ec', { namedCurve: scheme.curve, ...encodings });
      case 'rsa-pkcs1':
      case 'rsa-pss':
        return generate('rsa', { modulusLength: rsaBits, publicExponent: 65537, ...encodings });
      case 'ed25519':
        return generate('ed25519', encodings);
    }
  })();
  return { pkcs8: pair.privateKey, spki: Uint8Array.from(pair.publicKey) };
}
