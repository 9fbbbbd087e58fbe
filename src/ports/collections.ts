import type { Licence, LicenceEvent, StateInterval } from '../core/licence/index.js';
import type { DigestPair, Intent, RenditionKind } from '../core/renditions/index.js';
import type { Seal } from '../core/seal/index.js';
import type { SuiteId } from '../core/crypto/index.js';

/** What a licence's document holds. `id` is the licence identifier. */
export interface LicenceRecord {
  readonly id: string;
  /** `<type code>/<number>`: unique, since a number is given once. */
  readonly typeAndNumber: string;
  /** `<client id>/<idempotency key>`: unique. */
  readonly requestKey: string;
  /** SHA-256 of the canonical request, to tell a repetition from another request under the same key. */
  readonly requestDigest: string;
  readonly issuerCode: string;
  readonly phase: 'reserved' | 'issued' | 'abandoned';
  /** What was asked for, so that a repeated request can go on after a crash. */
  readonly wanted: readonly { readonly kind: 'pdf' | 'sd-jwt'; readonly suite: SuiteId }[];
  readonly licence: Licence;
  /** Base64url salt of each face item, by key. */
  readonly salts: Readonly<Record<string, string>>;
  readonly commitment: DigestPair;
  readonly requiredSuites: readonly SuiteId[];
  readonly sealCode: string;
  readonly reservedAt: string;
  readonly renditions: readonly StoredRendition[];
  readonly states: readonly StateInterval[];
  readonly events: readonly LicenceEvent[];
  /** Work that follows from events and is not done yet; consumers take entries away one by one. */
  readonly pending: readonly PendingWork[];
  /** 1 while `pending` is not empty, else 0: the index by which consumers find work. */
  readonly hasPending: 0 | 1;
  /** 1 while reserved. */
  readonly isReserved: 0 | 1;
}

export interface StoredRendition {
  readonly kind: RenditionKind;
  readonly suite: SuiteId;
  readonly mediaType: string;
  /** SHA-256 of the file, hex: its name in `Files`. */
  readonly file: string;
  readonly bytes: number;
  readonly intentId: string;
}

export interface PendingWork {
  readonly id: string;
  readonly kind: 'journal-event' | 'archive';
  readonly eventId: string;
}

/** Before a key signs, this stands; afterwards it says what came of it. */
export interface IntentRecord {
  readonly id: string;
  readonly intent: Intent;
  readonly licence: string;
  readonly outcome: 'open' | 'signed' | 'unknown';
  readonly isOpen: 0 | 1;
  /** Index of the leaf once sequenced. */
  readonly leafIndex: number | null;
  /** Base64 of the signature value that left the keeper, kept so that a repeated request gets the same one. */
  readonly signature: string | null;
}

/** One leaf of the journal. `id` is the index, 16 decimal digits, so that ids sort by index. */
export interface LeafRecord {
  readonly id: string;
  /** Unique: what the leaf is about (`intent:<id>`, `event:<id>`). */
  readonly entry: string;
  /** Base64url of the leaf bytes: a blinded digest, 32 bytes. */
  readonly data: string;
  /** Base64url blinding, 16 random bytes, and the digest it blinds; kept here, never published. */
  readonly blinding: string;
  readonly content: string;
}

export interface TileRecord {
  /** C2SP tlog-tiles path without prefix, for example `0/x001/234`. Full tiles only: they never change. */
  readonly id: string;
  /** Base64 of the 256 hashes of the tile. */
  readonly data: string;
}

/** The one document that is the journal's head. Replacing it by version IS sequencing. */
export interface JournalHeadRecord {
  readonly id: 'head';
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** Signed checkpoint; the empty journal has one too. Null is a damaged head. */
  readonly note: string | null;
  /** Leaves of the newest batch, which may not be in `leaves` and `tiles` yet: recovery applies them again. */
  readonly batch: readonly LeafRecord[];
  /** Roots of the complete subtrees of the tree WITHOUT the newest batch, left to right, hex. */
  readonly frontier: readonly string[];
}

export interface SealRecord {
  readonly id: string;
  readonly ownerCode: string;
  readonly role: string;
  /** `<owner code>/<role>`. */
  readonly ownerAndRole: string;
  readonly seal: Seal;
}

/** A system that may call the API. It acts for one department. */
export interface ClientRecord {
  readonly id: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly scopes: readonly string[];
  /** JWK set with public keys for `private_key_jwt`; two may live at once while keys rotate. */
  readonly keys: readonly Readonly<Record<string, string>>[];
  readonly state: 'active' | 'disabled';
  readonly createdAt: string;
}

/** One archived item (件) as the catalogue knows it; the truth is on disk. */
export interface ArchiveRecord {
  readonly id: string;
  readonly licence: string;
  readonly eventId: string;
  readonly objectId: string;
  readonly path: string;
  readonly sha512: string;
  readonly archivedAt: string;
}

/** Reads of personal data: who, for which purpose, when (never the data). */
export interface AccessRecord {
  readonly id: string;
  readonly licence: string;
  readonly clientId: string;
  readonly purpose: string;
  readonly at: string;
}

export interface Collections {
  readonly licences: LicenceRecord;
  readonly intents: IntentRecord;
  readonly leaves: LeafRecord;
  readonly tiles: TileRecord;
  readonly journal: JournalHeadRecord;
  readonly seals: SealRecord;
  readonly clients: ClientRecord;
  readonly archives: ArchiveRecord;
  readonly accesses: AccessRecord;
}
