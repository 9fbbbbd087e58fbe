import { checkSuiteSignature, suiteById } from '../../crypto/index.js';
import type { SuiteId } from '../../crypto/index.js';
import { codeTokenKeyId } from './code-token.js';
import type { ReadCodeToken } from './code-token.js';

/** A key that codes of one issuer are believed by. Chosen by the verifier, never taken from the code. */
export interface CodeTokenKey {
  readonly suite: SuiteId;
  readonly spki: Uint8Array;
  readonly issuer: string;
  /** RFC 3339 UTC; the code must claim a time in [from, until). */
  readonly from: string;
  readonly until: string | null;
}

export type CodeTokenCheck = 'valid' | 'unknown-key' | 'other-issuer' | 'outside-key-period' | 'bad-signature';

/**
 * Whether a known key of the issuer that the token names has signed it. `valid` says nothing about the licence's state
 * today, nor that the text around the code is the licence's: a code can be copied.
 */
export async function checkCodeToken(input: {
  readonly token: ReadCodeToken;
  readonly keys: readonly CodeTokenKey[];
}): Promise<CodeTokenCheck> {
  const { token } = input;
  const key = input.keys.find((one) => one.suite === token.suite && codeTokenKeyId(one.spki) === token.keyId);
  if (!key) return 'unknown-key';
  const { message, signature } = token;
  if (!(await checkSuiteSignature({ suite: suiteById(key.suite), spki: key.spki, message, signature })))
    return 'bad-signature';
  if (key.issuer !== token.issuer) return 'other-issuer';
  const time = Date.parse(token.issuedAt);
  const inPeriod = time >= Date.parse(key.from) && (key.until === null || time < Date.parse(key.until));
  return inPeriod ? 'valid' : 'outside-key-period';
}
