import type { Words } from '../errors/index.js';
import type { SuiteId } from '../crypto/index.js';
import type { Binding } from '../renditions/index.js';

/** EN 319 102-1 status indication. */
export type Indication = 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED';

/** EN 319 102-1 sub-indications that this version can reach. Names as the standard's URNs end. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'TRY_LATER'
  | 'SIGNED_DATA_NOT_FOUND'
  | 'GENERIC';

export type Verdict = 'accepted' | 'refused' | 'undetermined';
export type FragmentResult = 'passed' | 'failed' | 'undetermined' | 'not-applicable';

/** One check and its outcome. `check` is a stable name: `cms.message-digest`, `path.revocation`, `pdf.coverage`. */
export interface Finding {
  readonly check: string;
  readonly result: 'passed' | 'failed' | 'undetermined' | 'not-applicable';
  /** What the policy says of a failure here. */
  readonly level: 'fail' | 'warn' | 'inform' | 'ignore';
  readonly subIndication?: SubIndication;
  /** Stable code of why, where the check did not pass. */
  readonly reason?: string;
  readonly words: Words;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface SignatureReport {
  readonly id: string;
  readonly kind: 'pdf' | 'sd-jwt';
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Digest and signature value are right. */
  readonly intact: boolean;
  readonly coversWholeDocument: boolean;
  readonly suite: SuiteId | null;
  readonly signer: { readonly name: string; readonly certificate: string; readonly organisation: string } | null;
  /** What the file claims, and what is proved (journal or time stamp). RFC 3339 UTC. */
  readonly claimedTime: string | null;
  readonly provedTime: string | null;
  readonly revocationChecked: boolean;
  readonly binding: Binding | null;
  readonly findings: readonly Finding[];
}

/** The stable beginning of every answer about a file; the order of these members is part of the contract. */
export interface VerificationReport {
  readonly verdict: Verdict;
  readonly fragments: {
    readonly integrity: FragmentResult;
    readonly seal: FragmentResult;
    readonly licence: FragmentResult;
    readonly issuer: FragmentResult;
  };
  readonly signatures: readonly SignatureReport[];
  readonly policy: { readonly name: string; readonly version: string; readonly digest: string };
  /** The time for which was judged. RFC 3339 UTC. */
  readonly at: string;
  /** One sentence for a person. */
  readonly summary: Words;
  /** Why the verdict is what it is, most important first. */
  readonly reasons: readonly { readonly code: string; readonly words: Words }[];
  readonly file: { readonly kind: 'pdf' | 'sd-jwt' | 'unknown'; readonly bytes: number; readonly sha256: string };
  readonly licence: {
    readonly identifier: string;
    readonly version: string;
    readonly typeName: string | null;
    readonly state: string | null;
    readonly asOf: string | null;
  } | null;
  /** Findings about the file as a whole. */
  readonly findings: readonly Finding[];
}
