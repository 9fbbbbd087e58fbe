import { concat } from '../../core/encoding/index.js';
import {
  JournalError,
  TILE_WIDTH,
  consistencyProof,
  consistencyRanges,
  inclusionProof,
  inclusionRanges,
  nodeInTile,
  nodesOfRange,
  tileOfNode,
  tilePath,
  tileWidth,
  writeTlogProof,
} from '../../core/journal/index.js';
import type {
  ConsistencyProof,
  InclusionProof,
  LeafRange,
  NodeReader,
  Tile,
  TileRows,
} from '../../core/journal/index.js';
import type { Documents, LeafRecord } from '../../ports/index.js';
import { indexOfLeaf } from './entries.js';
import { journalStateError } from './errors.js';
import { loadState } from './journal-state.js';
import type { JournalState } from './journal-state.js';
import { TileStore } from './tile-store.js';

/** A leaf's place and the proof of it against the newest checkpoint. */
export interface SequencedLeaf {
  readonly entry: string;
  readonly index: number;
  /** C2SP tlog-proof text. */
  readonly proof: string;
}

/** What anyone may ask of the journal. Sizes and indexes outside it are JournalError TREE_RANGE. */
export interface JournalReader {
  /** The newest checkpoint, a signed note. */
  checkpoint(): Promise<string>;
  /** C2SP tlog-proof of the leaf at `index` against the newest checkpoint. */
  proof(index: number): Promise<string>;
  /** The same by what the leaf is about. JOURNAL_ENTRY_NOT_FOUND. */
  proofOf(entry: string): Promise<SequencedLeaf>;
  /** For a tree of an earlier size. */
  inclusion(index: number, size: number): Promise<InclusionProof>;
  consistency(from: number, to: number): Promise<ConsistencyProof>;
  /** Hashes of a tile, 32 bytes each; `width` 1 to 256. */
  tile(tile: Tile): Promise<Uint8Array>;
}

/** Reads the journal of a store that another process may be writing to; needs no keys. JOURNAL_ENTRY_NOT_FOUND while it has no head. */
export function openJournalReader(documents: Documents): JournalReader {
  const tiles = new TileStore(documents);
  return createReader(documents, tiles, async () => {
    const state = await loadState(documents, tiles);
    if (!state) throw journalStateError('JOURNAL_ENTRY_NOT_FOUND');
    return state;
  });
}

export function createReader(
  documents: Documents,
  tiles: TileStore,
  current: () => Promise<JournalState>,
): JournalReader {
  return {
    checkpoint: async () => noteOf(await current()),
    proof: async (index) => (await proofsAt(await current(), tiles, [index]))[0]!,
    async proofOf(entry) {
      const state = await current();
      const leaf = await findLeaf(documents, state, entry);
      if (!leaf) throw journalStateError('JOURNAL_ENTRY_NOT_FOUND', { entry });
      const index = indexOfLeaf(leaf);
      return { entry, index, proof: (await proofsAt(state, tiles, [index]))[0]! };
    },
    async inclusion(index, size) {
      const state = await current();
      requireReached(state, size);
      return inclusionProof(index, size, await nodeReader(state, tiles, inclusionRanges(index, size)));
    },
    async consistency(from, to) {
      const state = await current();
      requireReached(state, to);
      return consistencyProof(from, to, await nodeReader(state, tiles, consistencyRanges(from, to)));
    },
    async tile({ level, index, width }) {
      const state = await current();
      if (!Number.isInteger(width) || width < 1 || width > tileWidth(level, index, state.head.size))
        throw outOfJournal();
      const rows = await rowsAt(state, tiles, level, index);
      return concat(rows[0]!.slice(0, width));
    },
  };
}

/** The leaf about `entry`: in the newest batch or in the store, and within this state's tree. */
export async function findLeaf(
  documents: Documents,
  state: JournalState,
  entry: string,
): Promise<LeafRecord | undefined> {
  const fresh = state.record.batch.find((leaf) => leaf.entry === entry);
  if (fresh) return fresh;
  const [stored] = await documents.find('leaves', { index: 'entry', equals: entry, limit: 1 });
  return stored && indexOfLeaf(stored.doc) < state.head.size ? stored.doc : undefined;
}

/** tlog-proof texts of leaves against the state's own checkpoint. */
export async function proofsAt(
  state: JournalState,
  tiles: TileStore,
  indexes: readonly number[],
): Promise<readonly string[]> {
  const { size } = state.head;
  const read = await nodeReader(
    state,
    tiles,
    indexes.flatMap((index) => inclusionRanges(index, size)),
  );
  return indexes.map((index) => writeTlogProof({ ...inclusionProof(index, size, read), checkpoint: noteOf(state) }));
}

/** Fetches each tile that the ranges need once; the proofs are then computed without waiting. */
async function nodeReader(state: JournalState, tiles: TileStore, ranges: readonly LeafRange[]): Promise<NodeReader> {
  const wanted = new Map<string, Promise<TileRows>>();
  const nameOf = ({ level, index }: Tile) => `${level}/${index}`;
  for (const node of ranges.flatMap(nodesOfRange)) {
    const tile = tileOfNode(node, state.head.size);
    if (!wanted.has(nameOf(tile))) wanted.set(nameOf(tile), rowsAt(state, tiles, tile.level, tile.index));
  }
  const rows = new Map(await Promise.all([...wanted].map(async ([name, reading]) => [name, await reading] as const)));
  return (node) => nodeInTile(rows.get(nameOf(tileOfNode(node, state.head.size)))!, node)!;
}

/** Edge and newest tiles from memory, older full tiles from the store. */
async function rowsAt(state: JournalState, tiles: TileStore, level: number, index: number): Promise<TileRows> {
  if (index === Math.floor(state.head.size / TILE_WIDTH ** (level + 1))) return state.edge.tiles[level]!;
  const path = tilePath({ level, index, width: TILE_WIDTH });
  return state.full.find(({ tile }) => tilePath(tile) === path)?.rows ?? tiles.full(level, index);
}

function noteOf({ record }: JournalState): string {
  if (record.note === null) throw journalStateError('JOURNAL_DAMAGED');
  return record.note;
}

function requireReached(state: JournalState, size: number): void {
  if (size > state.head.size) throw outOfJournal();
}

function outOfJournal(): JournalError {
  return new JournalError('TREE_RANGE', {
    en: 'the index or size lies outside the journal',
    zh: '序号或长度超出日志范围',
  });
}
