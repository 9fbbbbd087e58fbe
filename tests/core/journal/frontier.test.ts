import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../../../src/core/encoding/index.js';
import {
  EMPTY_FRONTIER,
  growFrontier,
  headOfFrontier,
  leafHash,
  nodesOfRange,
  treeRoot,
} from '../../../src/core/journal/index.js';

const leaves = Array.from({ length: 300 }, (_, i) => leafHash(utf8(`leaf ${i}`)));

describe('growFrontier', () => {
  it('gives one root for each bit of the size', () => {
    for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 257, 300]) {
      const { roots } = growFrontier(EMPTY_FRONTIER, leaves.slice(0, size));
      expect(roots).toHaveLength(size.toString(2).replaceAll('0', '').length);
      expect(roots).toHaveLength(nodesOfRange({ start: 0, end: size }).length);
    }
  });

  it('comes to the same root however the leaves are batched', () => {
    let frontier = EMPTY_FRONTIER;
    for (let at = 0, step = 1; at < leaves.length; at += step++) {
      frontier = growFrontier(frontier, leaves.slice(at, at + step));
      expect(headOfFrontier(frontier)).toEqual({ size: frontier.size, root: treeRoot(leaves.slice(0, frontier.size)) });
    }
    expect(frontier.size).toBe(300);
  });

  it('leaves the frontier it was given as it was', () => {
    const before = growFrontier(EMPTY_FRONTIER, leaves.slice(0, 3));
    const copy = structuredClone(before);
    growFrontier(before, leaves.slice(3, 9));
    expect(before).toEqual(copy);
  });
});
