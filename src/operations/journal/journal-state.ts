import { equalBytes, fromBase64url, fromHex, toHex } from '../../core/encoding/index.js';
import { isTrustError } from '../../core/errors/index.js';
import {
  EMPTY_EDGE,
  frontierOfEdge,
  growEdge,
  headOfEdge,
  leafHash,
  verifyCheckpoint,
} from '../../core/journal/index.js';
import type { FullTile, LogVerifier, TileEdge, TreeHead } from '../../core/journal/index.js';
import type { Collections, Documents, JournalHeadRecord, LeafRecord } from '../../ports/index.js';
import { journalStateError } from './errors.js';
import { tileRecord } from './tile-store.js';
import type { TileStore } from './tile-store.js';

/** The journal at one head. Never changed: the next batch makes a new state. */
export interface JournalState {
  readonly record: JournalHeadRecord;
  /** Version of the head document; 0 before there is one. */
  readonly version: number;
  readonly head: TreeHead;
  readonly edge: TileEdge;
  /** Tiles that the newest batch filled; the store may not have them yet. */
  readonly full: readonly FullTile[];
}

/** What the head document would say after `leaves`; the note is still to be signed. */
export interface NextHead {
  readonly leaves: readonly LeafRecord[];
  readonly frontier: readonly string[];
  readonly head: TreeHead;
  readonly edge: TileEdge;
  readonly full: readonly FullTile[];
}

const frontierText = (edge: TileEdge): string[] => frontierOfEdge(edge).roots.map(toHex);

export function nextHead(before: TileEdge, leaves: readonly LeafRecord[]): NextHead {
  const { edge, full } = growEdge(
    before,
    leaves.map(({ data }) => leafHash(fromBase64url(data))),
  );
  return { leaves, frontier: frontierText(before), head: headOfEdge(edge), edge, full };
}

export function headRecord(origin: string, next: NextHead, note: string): JournalHeadRecord {
  const { head, leaves, frontier } = next;
  return { id: 'head', origin, size: head.size, root: toHex(head.root), note, batch: leaves, frontier };
}

export const stateAfter = (next: NextHead, record: JournalHeadRecord, version: number): JournalState => ({
  record,
  version,
  head: next.head,
  edge: next.edge,
  full: next.full,
});

export const emptyState = (origin: string): JournalState => {
  const next = nextHead(EMPTY_EDGE, []);
  return stateAfter(next, { ...headRecord(origin, next, ''), note: null }, 0);
};

/**
 * The state that the stored head describes: the tree without its newest batch from leaves and tiles, then the batch again.
 * Undefined when there is no head. Writes nothing.
 *
 * @throws JournalStateError JOURNAL_DAMAGED when the store does not lead to the head's frontier and root
 */
export async function loadState(documents: Documents, tiles: TileStore): Promise<JournalState | undefined> {
  const found = await documents.get('journal', 'head');
  if (!found) return undefined;
  const { doc: record, version } = found;
  const before = await tiles.edge(record.size - record.batch.length);
  const next = nextHead(before, record.batch);
  if (
    next.frontier.join() !== record.frontier.join() ||
    next.head.size !== record.size ||
    !equalBytes(next.head.root, fromHex(record.root))
  )
    throw journalStateError('JOURNAL_DAMAGED', { size: record.size });
  return stateAfter(next, record, version);
}

/** The same, and its checkpoint is signed by the keys of the journal and of this very head. */
export async function loadBelievedState(
  documents: Documents,
  tiles: TileStore,
  log: LogVerifier,
): Promise<JournalState | undefined> {
  const state = await loadState(documents, tiles);
  if (!state) return undefined;
  const { size, root } = await verifyCheckpoint(state.record.note ?? '', log);
  if (size !== state.head.size || !equalBytes(root, state.head.root))
    throw journalStateError('JOURNAL_DAMAGED', { size: state.head.size });
  return state;
}

/**
 * Writes what follows from a head: the leaves of its batch and the tiles that they filled. The same call on the normal way
 * and in recovery, so it may be repeated, by several processes at once too.
 */
export async function applyState(documents: Documents, state: JournalState): Promise<void> {
  const writes = [
    ...state.record.batch.map((leaf) => insertOnce(documents, 'leaves', leaf)),
    ...state.full.map((tile) => insertOnce(documents, 'tiles', tileRecord(tile))),
  ];
  // Wait for all, so that no write of this head is still under way when the next one begins.
  const outcomes = await Promise.allSettled(writes);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function insertOnce<C extends 'leaves' | 'tiles'>(
  documents: Documents,
  collection: C,
  doc: Collections[C],
): Promise<void> {
  try {
    await documents.insert(collection, doc);
  } catch (error) {
    if (!isTrustError(error) || error.code !== 'STORE_CONFLICT') throw error;
    const old = await documents.get(collection, doc.id);
    if (!old || !isSame(old.doc, doc)) throw journalStateError('JOURNAL_DAMAGED', { collection, id: doc.id }, error);
  }
}

/** Compares documents without inner objects. */
export function isSame<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
