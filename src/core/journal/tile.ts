import { concat } from '../encoding/index.js';
import { JournalError } from './errors.js';
import { HASH_BYTES, nodeHash, requireCount } from './tree-hash.js';
import type { TreeNode } from './tree-range.js';
import type { TreeHash } from './types.js';

/** C2SP tlog-tiles: a tile spans 8 levels of the tree and holds up to 256 hashes. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

export interface Tile {
  /** 0 to 63: the tile's hashes are complete subtrees of 256^level leaves. */
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes; below 256 the tile is partial. */
  readonly width: number;
}

/** `<L>/<N>[.p/<W>]` with N in groups of three digits: `0/x001/x234/067`, `1/000.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift('x' + String(rest % 1000).padStart(3, '0'));
  return `${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^(0|[1-9]\d?)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The reverse of `tilePath`; one text for one tile, everything else is TILE_MALFORMED. */
export function readTilePath(path: string): Tile {
  const match = PATH.exec(path);
  if (!match) throw malformedTile();
  const tile = {
    level: Number(match[1]),
    index: Number(match[2]!.replace(/[x/]/g, '')),
    width: Number(match[3] ?? TILE_WIDTH),
  };
  if (tile.level > 63 || tile.width > TILE_WIDTH || !Number.isSafeInteger(tile.index) || tilePath(tile) !== path)
    throw malformedTile();
  return tile;
}

/** Width of tile `index` at `level` in a tree of `size` leaves: 0 when the tree does not reach it. */
export function tileWidth(level: number, index: number, size: number): number {
  const hashes = Math.floor(requireCount(size) / TILE_WIDTH ** level) - requireCount(index) * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, hashes));
}

/** The tile of a tree of `size` leaves from which the hash of `node` can be had. */
export function tileOfNode(node: TreeNode, size: number): Tile {
  const level = Math.floor(node.level / TILE_HEIGHT);
  const index = Math.floor(node.index / 2 ** (TILE_HEIGHT - (node.level % TILE_HEIGHT)));
  return { level, index, width: tileWidth(level, index, size) };
}

/** `rows[h][i]`: root of the complete subtree of 2^h hashes of the tile that starts at its hash i * 2^h. */
export type TileRows = readonly (readonly TreeHash[])[];

export const EMPTY_TILE: TileRows = Array.from({ length: TILE_HEIGHT + 1 }, () => []);

/** Adds hashes on the right; the caller sees to it that the tile holds 256 at most. One node hash a hash added. */
export function growTile(rows: TileRows, hashes: readonly TreeHash[]): TileRows {
  const grown: TreeHash[][] = [[...rows[0]!, ...hashes]];
  for (let h = 1; h <= TILE_HEIGHT; h++) {
    const below = grown[h - 1]!;
    const row = [...rows[h]!];
    for (let i = row.length; 2 * i + 1 < below.length; i++) row.push(nodeHash(below[2 * i]!, below[2 * i + 1]!));
    grown.push(row);
  }
  return grown;
}

/** Undefined when the tile is too narrow for that node. `node` is one whose tile this is. */
export function nodeInTile(rows: TileRows, node: TreeNode): TreeHash | undefined {
  const h = node.level % TILE_HEIGHT;
  return rows[h]![node.index % 2 ** (TILE_HEIGHT - h)];
}

export const tileBytes = (rows: TileRows, width = rows[0]!.length): Uint8Array => concat(rows[0]!.slice(0, width));

/** Hashes of a tile as it is served or stored; TILE_MALFORMED unless the bytes are `width` hashes. */
export function readTile(bytes: Uint8Array, width: number): TileRows {
  if (bytes.length !== width * HASH_BYTES || width > TILE_WIDTH) throw malformedTile();
  const own = bytes.slice();
  return growTile(
    EMPTY_TILE,
    Array.from({ length: width }, (_, i) => own.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
  );
}

function malformedTile(): JournalError {
  return new JournalError('TILE_MALFORMED', { en: 'not a tile of the journal', zh: '不是有效的日志瓦片' });
}
