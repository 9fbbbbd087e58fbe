import { checkSignature } from '#primitives';
import { CryptoError } from './errors.js';
import type { Suite } from './suite.js';

export interface SuiteSignature {
  readonly suite: Suite;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly message: Uint8Array;
  /** SM2, ECDSA: DER SEQUENCE { r, s }; others raw. */
  readonly signature: Uint8Array;
  /** SM2 user identifier; the suite's default when absent. Other suites refuse one. */
  readonly context?: Uint8Array;
}

/** True when the signature is right. False for every malformed value. Throws CONTEXT_NOT_ALLOWED for a caller's mistake. */
export async function checkSuiteSignature(input: SuiteSignature): Promise<boolean> {
  const { suite, spki, message, signature } = input;
  const context = input.context ?? suite.defaultContext;
  if (context.length > 0 && suite.scheme.kind !== 'sm2')
    throw new CryptoError('CONTEXT_NOT_ALLOWED', {
      en: `${suite.id} has no user identifier`,
      zh: `${suite.id} 没有用户标识`,
    });
  return checkSignature({ scheme: suite.scheme, spki, message, signature, context });
}
