import { hash } from '#primitives';
import { canonicalJson, fromBase64url, toBase64url } from '../../core/encoding/index.js';
import type { Json } from '../../core/errors/index.js';
import { blindedLeaf } from '../../core/journal/index.js';
import type { LicenceEvent } from '../../core/licence/index.js';
import type { Intent } from '../../core/renditions/index.js';
import type { LeafRecord } from '../../ports/index.js';

/** Something that is to become one leaf. */
export interface JournalEntry {
  /** What the leaf is about, for ever: the same name again gives the same leaf. */
  readonly entry: string;
  /** 16 random bytes; those of the first append stand. */
  readonly blinding: Uint8Array;
  /** The whole content; the journal keeps its SHA-256 only. */
  readonly content: Uint8Array;
}

export const intentEntryName = (intentId: string): string => `intent:${intentId}`;
export const eventEntryName = (eventId: string): string => `event:${eventId}`;

/** The blinding is the intent's own salt, so that a holder of the signed file can compute the leaf. */
export function intentEntry(intent: Intent): JournalEntry {
  return {
    entry: intentEntryName(intent.id),
    blinding: fromBase64url(intent.salt),
    content: canonicalJson(intent as unknown as Json),
  };
}

export function eventEntry(event: LicenceEvent, blinding: Uint8Array): JournalEntry {
  return { entry: eventEntryName(event.id), blinding, content: canonicalJson(event as unknown as Json) };
}

/** 16 decimal digits: ids sort as indexes do. */
export const leafId = (index: number): string => String(index).padStart(16, '0');
export const indexOfLeaf = (leaf: LeafRecord): number => Number(leaf.id);

export function leafRecord(index: number, { entry, blinding, content }: JournalEntry): LeafRecord {
  const digest = hash('sha256', content);
  return {
    id: leafId(index),
    entry,
    data: toBase64url(blindedLeaf(blinding, digest)),
    blinding: toBase64url(blinding),
    content: toBase64url(digest),
  };
}

/** True when the leaf is about this content, whatever it was blinded with. */
export const hasContent = (leaf: LeafRecord, { content }: JournalEntry): boolean =>
  leaf.content === toBase64url(hash('sha256', content));
