import type { SuiteId } from '../crypto/index.js';

export type SealState = 'in-use' | 'suspended' | 'cancelled';

/** The picture as data; renditions draw it as vectors. Lengths in millimetres. */
export interface SealPicture {
  readonly shape: 'round';
  readonly diameterMm: number;
  readonly centre: 'star' | 'blank';
  readonly arcText: string;
  readonly bottomLine: string | null;
  readonly code: string | null;
}

/** One key of the seal with its certificates, for one suite, over one period. */
export interface SealKey {
  readonly keyId: string;
  readonly suite: SuiteId;
  /** Base64 DER: signer first, then issuers up to but without the root. */
  readonly certificates: readonly string[];
  readonly from: string;
  readonly until: string | null;
}

export interface Seal {
  readonly code: string;
  readonly name: string;
  readonly owner: { readonly name: string; readonly code: string };
  /** What licence types ask for: `licence-issuing`. */
  readonly role: string;
  readonly picture: SealPicture;
  readonly keys: readonly SealKey[];
  /** Data-signing keys bound to this seal (decision 5): they sign structured data, never seals. */
  readonly dataKeys: readonly SealKey[];
  readonly states: readonly {
    readonly state: SealState;
    readonly from: string;
    readonly until: string | null;
    readonly reason: string;
  }[];
}
