import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../../../src/core/encoding/index.js';
import {
  EMPTY_EDGE,
  EMPTY_FRONTIER,
  frontierOfEdge,
  growEdge,
  growFrontier,
  headOfEdge,
  leafHash,
  tilePath,
  tileWidth,
  treeRoot,
} from '../../../src/core/journal/index.js';

const leaves = Array.from({ length: 66_000 }, (_, i) => leafHash(utf8(`${i}`)));

describe('growEdge', () => {
  it('has the frontier and the root of the tree at every size, and tiles as wide as that size says', () => {
    let edge = EMPTY_EDGE;
    for (let size = 0; size <= 600; size++) {
      expect(frontierOfEdge(edge)).toEqual(growFrontier(EMPTY_FRONTIER, leaves.slice(0, size)));
      edge.tiles.forEach((rows, level) =>
        expect(rows[0]).toHaveLength(tileWidth(level, Math.floor(size / 256 ** (level + 1)), size)),
      );
      edge = growEdge(edge, [leaves[size]!]).edge;
    }
  });

  it('hands out each tile once, when it is full, over three levels', () => {
    let edge = EMPTY_EDGE;
    const paths: string[] = [];
    for (const step of [255, 1, 0, 700, 64_000, 1_044]) {
      const grown = growEdge(edge, leaves.slice(edge.size, edge.size + step));
      paths.push(...grown.full.map(({ tile }) => tilePath(tile)));
      for (const { tile, rows } of grown.full) {
        const span = 256 ** (tile.level + 1);
        expect(rows[8]![0]).toEqual(treeRoot(leaves.slice(tile.index * span, (tile.index + 1) * span)));
      }
      edge = grown.edge;
    }
    expect(edge.size).toBe(66_000);
    expect(headOfEdge(edge)).toEqual({ size: 66_000, root: treeRoot(leaves) });
    expect(paths).toHaveLength(257 + 1);
    expect(new Set(paths).size).toBe(258);
    expect(paths.slice(0, 2)).toEqual(['0/000', '0/001']);
    expect(paths.at(-1)).toBe('1/000');
    expect(edge.tiles.map((rows) => rows[0]!.length)).toEqual([66_000 % 256, 1, 1]);
  });
});
