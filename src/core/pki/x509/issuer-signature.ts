import { checkSuiteSignature, type Suite } from '../../crypto/index.js';
import type { Certificate, SignatureCache } from '../types.js';

/**
 * Is this certificate or CRL signed by the key of `issuer`? Names and usages are NOT looked at here.
 * Both ids are digests of whole objects, so a kept answer cannot be moved to other bytes.
 */
export async function checkIssuerSignature(
  signed: {
    readonly id: string;
    readonly tbs: Uint8Array;
    readonly suite: Suite | undefined;
    readonly signature: Uint8Array;
  },
  issuer: Certificate,
  cache?: SignatureCache,
): Promise<'right' | 'wrong' | 'suite-unknown'> {
  const { suite, tbs, signature } = signed;
  if (suite === undefined) return 'suite-unknown';
  const key = `${issuer.id}:${signed.id}`;
  let right = cache?.get(key);
  if (right === undefined) {
    right = await checkSuiteSignature({ suite, spki: issuer.spki, message: tbs, signature });
    cache?.set(key, right);
  }
  return right ? 'right' : 'wrong';
}
