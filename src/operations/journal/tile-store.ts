import { fromBase64, fromBase64url, toBase64 } from '../../core/encoding/index.js';
import {
  EMPTY_TILE,
  TILE_HEIGHT,
  TILE_WIDTH,
  growTile,
  leafHash,
  readTile,
  tileBytes,
  tilePath,
} from '../../core/journal/index.js';
import type { FullTile, Tile, TileEdge, TileRows } from '../../core/journal/index.js';
import type { Documents, TileRecord } from '../../ports/index.js';
import { leafId } from './entries.js';
import { journalStateError } from './errors.js';

/** Full tiles kept in memory. One is 511 hashes with its inner nodes, some 100 KB as JavaScript holds them. */
const TILES_KEPT = 128;

/**
 * Reads full tiles from the store. Only full tiles are stored: a partial one is the beginning of a full one, or can be
 * computed from the leaves (level 0) and from the full tiles below (other levels).
 */
export class TileStore {
  private readonly kept = new Map<string, TileRows>();

  constructor(
    private readonly documents: Documents,
    private readonly capacity = TILES_KEPT,
  ) {}

  /** @throws JournalStateError JOURNAL_DAMAGED when it is not there or not a tile */
  async full(level: number, index: number): Promise<TileRows> {
    const path = tilePath({ level, index, width: TILE_WIDTH });
    const known = this.kept.get(path);
    if (known) {
      // Back to the end: the first of the map is the one unused for longest.
      this.kept.delete(path);
      this.kept.set(path, known);
      return known;
    }
    const found = await this.documents.get('tiles', path);
    if (!found) throw journalStateError('JOURNAL_DAMAGED', { tile: path });
    return this.keep(path, rowsOf(found.doc));
  }

  remember({ tile, rows }: FullTile): void {
    this.keep(tilePath(tile), rows);
  }

  /** The right edge of the tree of `size` leaves, computed from what is stored. */
  async edge(size: number): Promise<TileEdge> {
    const tiles: TileRows[] = [];
    for (let level = 0; TILE_WIDTH ** level <= size; level++) {
      const hashes = Math.floor(size / TILE_WIDTH ** level);
      const first = hashes - (hashes % TILE_WIDTH);
      const roots = level === 0 ? this.leafHashes(first, hashes) : this.rootsOfFull(level - 1, first, hashes);
      tiles.push(growTile(EMPTY_TILE, await roots));
    }
    return { size, tiles };
  }

  private async leafHashes(from: number, to: number) {
    if (from === to) return [];
    const leaves = await this.documents.scan('leaves', {
      after: from === 0 ? undefined : leafId(from - 1),
      limit: to - from,
    });
    return Array.from({ length: to - from }, (_, i) => {
      const doc = leaves[i]?.doc;
      if (doc?.id !== leafId(from + i)) throw journalStateError('JOURNAL_DAMAGED', { leaf: from + i });
      return leafHash(fromBase64url(doc.data));
    });
  }

  private async rootsOfFull(level: number, from: number, to: number) {
    const tiles = await Promise.all(Array.from({ length: to - from }, (_, i) => this.full(level, from + i)));
    return tiles.map((rows) => rows[TILE_HEIGHT]![0]!);
  }

  private keep(path: string, rows: TileRows): TileRows {
    if (this.kept.size >= this.capacity) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(path, rows);
    return rows;
  }
}

export const tileRecord = ({ tile, rows }: { tile: Tile; rows: TileRows }): TileRecord => ({
  id: tilePath(tile),
  data: toBase64(tileBytes(rows)),
});

export function rowsOf(record: TileRecord): TileRows {
  try {
    return readTile(fromBase64(record.data), TILE_WIDTH);
  } catch (cause) {
    throw journalStateError('JOURNAL_DAMAGED', { tile: record.id }, cause);
  }
}
