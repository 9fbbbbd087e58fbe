import type { HashName } from '#primitives';
import type { LicenceState } from '../licence/index.js';
import type { ChangeLevel, DigestPair, RenditionKind } from '../renditions/index.js';
import type { SealState } from '../seal/index.js';
import type { SuiteId } from '../crypto/index.js';
import type { FileFacts, Unreadable } from './inspect.js';

export const EVIDENCE_FORMAT = 'yinxin-evidence/1';

/**
 * All that a verdict rests on, so that it can be computed again years later. Byte objects stand under their SHA-256 and
 * are checked against it when read; there is no result of a signature check in here: `establish` does all of them again.
 * What was read from the structure of the file (coverage, changes, digests of the covered bytes) is recorded as read;
 * `file.sha256` names the file from which it can be read again.
 */
export interface Evidence {
  readonly format: typeof EVIDENCE_FORMAT;
  /** The time for which the file is judged, and up to which the world is known. RFC 3339 UTC. */
  readonly at: string;
  readonly file: FileFacts;
  readonly unreadable: Unreadable | null;
  readonly pdf: PdfEvidence | null;
  /** Structured data: the file itself, or what is attached to a PDF. */
  readonly tokens: readonly TokenEvidence[];
  readonly objects: ReadonlyMap<string, EvidenceObject>;
  /** Ids of certificates: what the caller trusts, and what may help to build paths. */
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
  readonly journals: readonly JournalEvidence[];
  readonly registry: RegistryEvidence;
}

export interface EvidenceObject {
  readonly type: 'certificate' | 'crl' | 'cms' | 'sd-jwt';
  readonly bytes: Uint8Array;
  readonly source: 'file' | 'trust' | 'revocation';
  /** When it was had. RFC 3339 UTC. */
  readonly at: string;
}

export interface JournalEvidence {
  readonly origin: string;
  readonly keys: readonly { readonly name: string; readonly suite: 'ED25519' | 'SM2-SM3'; readonly spki: string }[];
}

export interface ProblemEvidence {
  readonly code: string;
  readonly offset: number;
}

export interface PdfEvidence {
  readonly problems: readonly ProblemEvidence[];
  readonly revisions: readonly {
    readonly endOffset: number;
    readonly level: ChangeLevel;
    readonly changes: readonly string[];
  }[];
  readonly signatures: readonly PdfSignatureEvidence[];
  readonly xmpLicence: string | null;
  readonly activeContent: readonly string[];
  readonly duplicateObjects: number;
  readonly unreferencedObjects: number;
  readonly face: FaceEvidence;
}

export interface PdfSignatureEvidence {
  readonly id: string;
  readonly type: 'signature' | 'document-timestamp';
  readonly subFilter: string | null;
  readonly coverage: 'whole-file' | 'whole-revision' | 'invalid';
  /** Why coverage is invalid, what is wrong with /Contents, and other problems of this signature. */
  readonly coverageProblems: readonly string[];
  readonly contentsProblems: readonly string[];
  readonly problems: readonly string[];
  readonly claimedTime: string | null;
  readonly docMdp: 1 | 2 | 3 | null;
  readonly changesAfter: ChangeLevel;
  /** Id of the CMS object; null when /Contents holds nothing. */
  readonly cms: string | null;
  /** Hash of the covered bytes by each digest algorithm that the CMS names, hex. */
  readonly digests: Readonly<Partial<Record<HashName, string>>>;
}

export interface FaceEvidence {
  /** Marked runs in drawing order; the template's own words are left out. */
  readonly runs: readonly {
    readonly path: string;
    readonly format: string | null;
    readonly text: string;
    readonly glyphs: GlyphComparison;
  }[];
  readonly hidden: readonly { readonly reason: string; readonly path: string | null }[];
  readonly problems: readonly string[];
}

/** Is what is drawn what the text map says: codes and outlines against the pinned font's for the same characters. */
export type GlyphComparison = 'same' | 'different' | 'not-compared';

export interface TokenEvidence {
  readonly id: string;
  /** Null for the file itself. */
  readonly attachment: string | null;
  readonly object: string;
}

/** What the registry said about the licence, or why it said nothing. */
export type RegistryEvidence =
  /** The caller did not want it asked (`--offline`). */
  | { readonly asked: false }
  /** Asked without an answer: the verdict on the licence is open. */
  | { readonly asked: true; readonly answer: null }
  | { readonly asked: true; readonly answer: RegistryAnswer };

export interface RegistryAnswer {
  /** The time of the answer. RFC 3339 UTC. */
  readonly asOf: string;
  readonly identifier: string;
  /** Null: the registry knows no licence of this identifier. */
  readonly licence: {
    readonly typeName: string | null;
    /** Of the newest version. */
    readonly version: string;
    readonly commitment: DigestPair;
    readonly validUntil: string | null;
    readonly states: readonly { readonly state: LicenceState; readonly from: string; readonly until: string | null }[];
    /** Files that exist, to find a suite that is missing. */
    readonly renditions: readonly { readonly kind: RenditionKind; readonly suite: SuiteId }[];
  } | null;
  readonly seals: readonly RegistrySeal[];
}

export interface RegistrySeal {
  readonly code: string;
  readonly states: readonly {
    readonly state: SealState;
    readonly from: string;
    readonly until: string | null;
    readonly reason: string;
    /** Size of the journal when this state began; null when not known. An intent below it was there before (decision 12). */
    readonly journalSize: number | null;
  }[];
}
