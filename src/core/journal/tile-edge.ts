import { headOfFrontier } from './frontier.js';
import type { Frontier } from './frontier.js';
import { EMPTY_TILE, TILE_HEIGHT, TILE_WIDTH, growTile, nodeInTile, tileOfNode } from './tile.js';
import type { Tile, TileRows } from './tile.js';
import { nodesOfRange } from './tree-range.js';
import type { TreeHash, TreeHead } from './types.js';

/** The rightmost tile of each level: all that is needed to go on, and where the newest leaves' proofs mostly lie. */
export interface TileEdge {
  readonly size: number;
  /** By level, from 0; each has floor(size / 256^level) mod 256 hashes. Levels above are empty. */
  readonly tiles: readonly TileRows[];
}

/** A tile with its 256 hashes: it never changes again. */
export interface FullTile {
  readonly tile: Tile;
  readonly rows: TileRows;
}

export const EMPTY_EDGE: TileEdge = { size: 0, tiles: [] };

/** Appends leaves; `full` are the tiles that they filled, lower levels first. */
export function growEdge(
  edge: TileEdge,
  leafHashes: readonly TreeHash[],
): { edge: TileEdge; full: readonly FullTile[] } {
  const tiles: TileRows[] = [];
  const full: FullTile[] = [];
  let added = leafHashes;
  for (let level = 0; added.length > 0 || level < edge.tiles.length; level++) {
    let rows = edge.tiles[level] ?? EMPTY_TILE;
    let index = Math.floor(edge.size / TILE_WIDTH ** (level + 1));
    const roots: TreeHash[] = [];
    let taken = 0;
    while (taken < added.length) {
      const next = added.slice(taken, taken + TILE_WIDTH - rows[0]!.length);
      taken += next.length;
      rows = growTile(rows, next);
      if (rows[0]!.length < TILE_WIDTH) break;
      full.push({ tile: { level, index: index++, width: TILE_WIDTH }, rows });
      roots.push(rows[TILE_HEIGHT]![0]!);
      rows = EMPTY_TILE;
    }
    tiles.push(rows);
    added = roots;
  }
  return { edge: { size: edge.size + leafHashes.length, tiles }, full };
}

/** Every complete subtree on the right border lies in the edge: bit l of the size is set exactly when level l has one there. */
export function frontierOfEdge(edge: TileEdge): Frontier {
  const roots = nodesOfRange({ start: 0, end: edge.size }).map((node) =>
    nodeInTile(edge.tiles[tileOfNode(node, edge.size).level]!, node)!,
  );
  return { size: edge.size, roots };
}

export const headOfEdge = (edge: TileEdge): TreeHead => headOfFrontier(frontierOfEdge(edge));
