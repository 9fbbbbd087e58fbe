import type { HashName } from '#primitives';
import type { StructureProblem } from './problems.js';

/**
 * What is inside a PDF, without an opinion. Made by `inspectPdf`; every member comes from a file that an attacker may
 * have written. A file that is only damaged or forged still yields an inspection: the damage stands in `problems`.
 */
export interface PdfInspection {
  readonly bytes: Uint8Array;
  /** Of the header, for example `1.7`; empty when there is none. */
  readonly version: string;
  /** Anything that two readers could read differently, and damage. Problems of one signature stand with it, not here. */
  readonly problems: readonly StructureProblem[];
  /** Oldest first. */
  readonly revisions: readonly PdfRevision[];
  /** In the order in which they were made. Includes those that a later revision removed, and forged ones. */
  readonly signatures: readonly PdfSignature[];
  readonly attachments: readonly PdfAttachment[];
  /** `yx:licenceIdentifier` of the XMP packet; null when there is none. */
  readonly xmpLicence: string | null;
  /** Kinds of action or external reference found: `JavaScript`, `Launch`, `GoToR`, `SubmitForm`, `URI`, `XFA`, … Sorted, each once. */
  readonly activeContent: readonly string[];
  readonly pageCount: number;
  /** Object numbers that one revision writes twice. */
  readonly duplicateObjects: readonly number[];
  /** Objects that nothing reaches from the trailer, in the newest state. Honest writers leave some; forgers hide in them. */
  readonly unreferencedObjects: readonly number[];
  /** The text of all pages as it is drawn (decision 16). Computed on first use and kept. Never throws. */
  face(): PdfFace;
}

export type ChangeLevel = 'none' | 'long-term-validation' | 'other';

export interface PdfRevision {
  /** Offset just behind this revision's `%%EOF` (and its line end, where there is one). */
  readonly endOffset: number;
  /** Against the revision before; `none` for the first revision. */
  readonly level: ChangeLevel;
  readonly changes: readonly ObjectChange[];
  /** Objects that nothing reaches in the state of this revision; listed only for signed revisions and the newest. */
  readonly unreferencedObjects: readonly number[];
}

export interface ObjectChange {
  readonly object: number;
  readonly kind: 'added' | 'replaced' | 'freed';
  /** False: this object alone makes the revision `other`. */
  readonly permitted: boolean;
  /** What it is, as far as its structure says: `catalogue`, `page`, `signature`, `field`, `dss`, `metadata`, … */
  readonly role: string;
}

/** Four numbers of `/ByteRange`: two (offset, length) pairs. */
export type ByteRange = readonly [number, number, number, number];

export type Coverage =
  | { readonly kind: 'whole-file' }
  /** Covers its own revision in full; later revisions follow, see `changesAfter`. */
  | { readonly kind: 'whole-revision' }
  | { readonly kind: 'invalid'; readonly why: readonly StructureProblem[] };

export interface PdfSignature {
  /** Fully qualified field name; null for a dictionary that no field shows. */
  readonly fieldName: string | null;
  readonly object: number;
  readonly type: 'signature' | 'document-timestamp';
  readonly filter: string | null;
  readonly subFilter: string | null;
  /** Null when it is missing or not four non-negative integers. */
  readonly byteRange: ByteRange | null;
  /** As decoded, zero padding included. Empty when missing. */
  readonly contents: Uint8Array;
  readonly contentsProblems: readonly StructureProblem[];
  readonly coverage: Coverage;
  /** Other problems of this signature: shown by two fields, removed later, certification misplaced. */
  readonly problems: readonly StructureProblem[];
  /** Index into `revisions` of the revision that holds the dictionary. */
  readonly revisionIndex: number;
  /** `/M` as RFC 3339 UTC; null when absent or unreadable. A claim. */
  readonly claimedTime: string | null;
  /** Of `/Name`, `/Reason`, `/Location`. Claims. */
  readonly claims: { readonly name: string | null; readonly reason: string | null; readonly location: string | null };
  /** Transform parameter P of a certification signature (2 when its P is absent, the standard's default). */
  readonly docMdp: 1 | 2 | 3 | null;
  /** Worst level of all revisions after its own. */
  readonly changesAfter: ChangeLevel;
  /** The bytes that `/ByteRange` covers, in order; empty when coverage is invalid. Views, not copies. */
  coveredBytes(): readonly Uint8Array[];
  /** Hash over `coveredBytes()`. */
  digest(hash: HashName): Uint8Array;
}

export interface PdfAttachment {
  readonly name: string;
  /** `/AFRelationship`: `Source`, `Data`, …; null when absent. */
  readonly relationship: string | null;
  /** `/Subtype` of the embedded file stream: `application/json`; null when absent. */
  readonly mediaType: string | null;
  /** Null when the stream cannot be decoded or exceeds the limits; the problem is then in `problems`. */
  readonly bytes: Uint8Array | null;
}

export interface PdfFace {
  readonly runs: readonly FaceRun[];
  readonly pictures: readonly FacePicture[];
  readonly fonts: readonly FaceFont[];
  readonly hidden: readonly HiddenText[];
  readonly problems: readonly StructureProblem[];
}

/** Consecutive glyphs of one font inside one marked item, in drawing order. */
export interface FaceRun {
  /** From 0. */
  readonly page: number;
  /** `/Path` of the innermost marked-content property list that has one; null for fixed text. */
  readonly path: string | null;
  /** `/Format` beside that `/Path`. */
  readonly format: string | null;
  /** By the font's ToUnicode map; U+FFFD for a glyph that it does not name. A claim: compare the glyphs. */
  readonly text: string;
  /** Character codes: with Identity-H these are CIDs, in our own files the glyph numbers of the whole, pinned font. */
  readonly glyphs: readonly number[];
  readonly font: FaceFont;
}

/** A picture drawn inside a marked item. */
export interface FacePicture {
  readonly page: number;
  readonly path: string | null;
  /** As embedded: still in its own format when the filter is that of a picture (`DCTDecode`: JPEG). */
  readonly data: Uint8Array;
}

export interface FaceFont {
  /** `/BaseFont` without the subset tag. */
  readonly name: string;
  /** Glyph number in the embedded program of a character code (`/CIDToGIDMap`); the code itself when there is no map. */
  glyphOf(code: number): number;
  /** Embedded font program, decoded; null when there is none, or it cannot be decoded. */
  program(): Uint8Array | null;
}

/** Why a reader sees no ink where the file holds text. Clips are taken by their bounding boxes. */
export type HiddenReason =
  'render-mode' | 'white' | 'transparent' | 'clipped' | 'optional-content' | 'off-page' | 'too-small';

export interface HiddenText {
  readonly page: number;
  readonly path: string | null;
  readonly text: string;
  readonly reason: HiddenReason;
}
