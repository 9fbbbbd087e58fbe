import { describe, expect, it } from '@jest/globals';
import { concat, utf8 } from '../../../src/core/encoding/index.js';
import {
  EMPTY_TILE,
  growTile,
  leafHash,
  nodeInTile,
  readTile,
  readTilePath,
  tileBytes,
  tileOfNode,
  tilePath,
  tileWidth,
  treeRoot,
} from '../../../src/core/journal/index.js';

const malformed = expect.objectContaining({ code: 'TILE_MALFORMED' });
const leaves = Array.from({ length: 256 }, (_, i) => leafHash(utf8(`${i}`)));

describe('tilePath', () => {
  it.each([
    ['0/x001/x234/067', { level: 0, index: 1234067, width: 256 }],
    ['1/000.p/17', { level: 1, index: 0, width: 17 }],
    ['0/x001/234.p/5', { level: 0, index: 1234, width: 5 }],
    ['63/999', { level: 63, index: 999, width: 256 }],
    ['0/x009/x007/x199/x254/x740/991.p/255', { level: 0, index: Number.MAX_SAFE_INTEGER, width: 255 }],
  ])('writes and reads %s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(readTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    '0',
    '0/0',
    '0/0000',
    '00/000',
    '64/000',
    '-1/000',
    '0/001/234',
    '0/x000/001',
    '0/x001',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/05',
    '0/000.p/999',
    '0/000.p/',
    '/0/000',
    '0/000/',
    '0/x999/x999/x999/x999/x999/999',
    '0/x001/x001/x001/x001/x001/x001/001',
    '0/../000',
    '0/٠٠٠',
  ])('refuses %j, so that a tile has one path', (path) => {
    expect(() => readTilePath(path)).toThrow(malformed);
  });
});

describe('tileWidth', () => {
  it("follows the specification's example of 70,000 leaves", () => {
    expect([272, 273, 274].map((index) => tileWidth(0, index, 70_000))).toEqual([256, 112, 0]);
    expect([0, 1, 2].map((index) => tileWidth(1, index, 70_000))).toEqual([256, 17, 0]);
    expect([0, 1].map((index) => tileWidth(2, index, 70_000))).toEqual([1, 0]);
    expect([tileWidth(0, 0, 256), tileWidth(1, 0, 256), tileWidth(2, 0, 256)]).toEqual([256, 1, 0]);
  });

  it('refuses numbers that are not counts', () => {
    expect(() => tileWidth(0, 0, -1)).toThrow(expect.objectContaining({ code: 'TREE_RANGE' }));
    expect(() => tileWidth(0, 1.5, 3)).toThrow(expect.objectContaining({ code: 'TREE_RANGE' }));
  });
});

describe('a tile', () => {
  it('holds every complete subtree of its hashes', () => {
    const rows = growTile(EMPTY_TILE, leaves);
    for (let level = 0; level <= 8; level++)
      for (let index = 0; index < 256 >> level; index++)
        expect(rows[level]![index]).toEqual(treeRoot(leaves.slice(index << level, (index + 1) << level)));
  });

  it('is the same however it grew, and as read from its bytes', () => {
    let rows = EMPTY_TILE;
    for (let at = 0, step = 1; at < 200; at += step++)
      rows = growTile(rows, leaves.slice(at, Math.min(200, at + step)));
    expect(rows).toEqual(growTile(EMPTY_TILE, leaves.slice(0, 200)));
    expect(readTile(tileBytes(rows), 200)).toEqual(rows);
    expect(tileBytes(rows, 7)).toEqual(concat(leaves.slice(0, 7)));
  });

  it('gives the node it was asked for, and undefined where it is too narrow', () => {
    const rows = growTile(EMPTY_TILE, leaves.slice(0, 6));
    // Tile 3 of level 1: its hashes are nodes of level 8 from index 768 on.
    const node = { level: 9, index: 385 };
    expect(tileOfNode(node, 2 ** 20)).toEqual({ level: 1, index: 3, width: 256 });
    expect(nodeInTile(rows, node)).toEqual(treeRoot(leaves.slice(2, 4)));
    expect(nodeInTile(rows, { level: 9, index: 387 })).toBeUndefined();
    expect(tileOfNode({ level: 0, index: 774 }, 775)).toEqual({ level: 0, index: 3, width: 7 });
  });

  it.each([
    [31, 1],
    [32, 2],
    [64, 1],
    [32 * 257, 257],
  ])('is not made of %d bytes for a width of %d', (bytes, width) => {
    expect(() => readTile(new Uint8Array(bytes), width)).toThrow(malformed);
  });
});
