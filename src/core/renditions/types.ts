import type { SuiteId } from '../crypto/index.js';

/** The forms in which one licence exists. */
export type RenditionKind = 'pdf' | 'ofd' | 'sd-jwt' | 'code';

/** Hashes of one value in both families, lower-case hex. */
export interface DigestPair {
  readonly sha256: string;
  readonly sm3: string;
}

/** What each rendition carries inside its signed data, so that no part can be swapped (decision 1). */
export interface Binding {
  readonly licence: string;
  readonly version: string;
  readonly kind: RenditionKind;
  readonly commitment: DigestPair;
  /** Suites in which this licence must exist; a missing one is a finding. */
  readonly requiredSuites: readonly SuiteId[];
}

/** What the journal was told before the key signed (decision 2). Only a hash of this becomes a leaf. */
export interface Intent {
  readonly id: string;
  readonly sealCode: string;
  readonly keyId: string;
  readonly suite: SuiteId;
  readonly binding: Binding;
  /** Base64url, 16 random bytes. */
  readonly salt: string;
  /** Hash (of the suite) over salt then the content digest of what is to be signed; lower-case hex. */
  readonly saltedDigest: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
}

/** The intent with the proof that it was sequenced: what goes into the signed data. */
export interface JournalProof {
  readonly intent: Intent;
  /** C2SP tlog-proof@v1 text. */
  readonly proof: string;
}
