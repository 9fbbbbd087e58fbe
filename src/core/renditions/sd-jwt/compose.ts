import { hash } from '#primitives';
import type { Suite, SuiteId } from '../../crypto/index.js';
import { canonicalJson, latin1, toBase64, toBase64url } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import type { Licence } from '../../licence/index.js';
import type { DigestPair, JournalProof } from '../types.js';
import { toJoseSignature } from './jose-signature.js';
import { licencePayload } from './payload.js';

/** `typ` of an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc 3.2.1). */
export const SD_JWT_TYPE = 'dc+sd-jwt';
export const SD_JWT_MEDIA_TYPE = `application/${SD_JWT_TYPE}`;

export interface SdJwtDraft {
  readonly licence: Licence;
  readonly commitment: DigestPair;
  /** Base64url disclosures of all face items, `["salt","key",value]` (RFC 9901 4.2.1). */
  readonly disclosures: readonly string[];
  readonly requiredSuites: readonly SuiteId[];
  readonly suite: Suite;
  readonly issuedAt: Date;
}

/** First stage: the content is fixed, so the journal can be told of it. */
export interface PreparedSdJwt {
  readonly suite: Suite;
  readonly disclosures: readonly string[];
  readonly payloadSegment: string;
  /** Hash of the suite over the ASCII payload segment: what the intent's salted digest is made of. */
  readonly contentDigest: Uint8Array;
}

/** Second stage: the proof is in the header, which the signature covers. */
export interface SignableSdJwt {
  readonly prepared: PreparedSdJwt;
  readonly headerSegment: string;
  /** RFC 7515 5.1 step 5: what the key signs. */
  readonly signingInput: Uint8Array;
}

export function prepareSdJwt(draft: SdJwtDraft): PreparedSdJwt {
  const { suite, licence, commitment, disclosures, requiredSuites, issuedAt } = draft;
  const sdAlg = suite.hash === 'sm3' ? 'sm3' : 'sha-256';
  const payload = licencePayload({ licence, commitment, disclosures, requiredSuites, sdAlg, issuedAt });
  const payloadSegment = toBase64url(canonicalJson(payload));
  return { suite, disclosures, payloadSegment, contentDigest: hash(suite.hash, latin1(payloadSegment)) };
}

/** `certificates`: DER, signer first, then issuers without the root (RFC 7515 4.1.6). */
export function addJournalProof(
  prepared: PreparedSdJwt,
  input: { readonly proof: JournalProof; readonly certificates: readonly Uint8Array[] },
): SignableSdJwt {
  const header: Json = {
    alg: prepared.suite.jose,
    typ: SD_JWT_TYPE,
    x5c: input.certificates.map(toBase64),
    // Private header parameter (RFC 7515 4.3): the intent and the proof that the journal had it first.
    journalProof: input.proof as unknown as Json,
  };
  const headerSegment = toBase64url(canonicalJson(header));
  return { prepared, headerSegment, signingInput: latin1(`${headerSegment}.${prepared.payloadSegment}`) };
}

/** Last stage. `signature` is in the key's form (DER for SM2 and ECDSA); answers the file: `<jws>~<disclosure>~…~`. */
export function serialiseSdJwt(signable: SignableSdJwt, signature: Uint8Array): Uint8Array {
  const { prepared, headerSegment } = signable;
  const jws = [headerSegment, prepared.payloadSegment, toBase64url(toJoseSignature(prepared.suite, signature))].join(
    '.',
  );
  return latin1([jws, ...prepared.disclosures, ''].join('~'));
}
