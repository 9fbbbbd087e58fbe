import { emptyRoot, nodeHash, outOfTree, requireCount } from './tree-hash.js';
import type { TreeHash } from './types.js';

/** The complete subtree of 2^level leaves that starts at leaf index * 2^level. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Leaves [start, end). In this folder `start` is always a multiple of the largest power of two not above the length. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** Gives the hash of a complete subtree; the caller has made sure that it is at hand. */
export type NodeReader = (node: TreeNode) => TreeHash;

/** Complete subtrees that make up the range, left to right: one for each bit of its length. */
export function nodesOfRange(range: LeafRange): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  let start = range.start;
  while (start < range.end) {
    let width = 1;
    let level = 0;
    while (width * 2 <= range.end - start) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

/** MTH(D[start:end]). */
export function rootOfRange(range: LeafRange, read: NodeReader): TreeHash {
  return foldRoots(nodesOfRange(range).map(read));
}

/** Joins roots of complete subtrees, left to right and each smaller than the one before, to the root of all. */
export function foldRoots(roots: readonly TreeHash[]): TreeHash {
  let root = roots.at(-1);
  if (root === undefined) return emptyRoot();
  for (let i = roots.length - 2; i >= 0; i--) root = nodeHash(roots[i]!, root);
  return root;
}

/** Ranges whose roots are the inclusion proof PATH(index, D[size]) of RFC 6962 2.1.1, leaf's sibling first. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (requireCount(index) >= requireCount(size)) throw outOfTree();
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** Ranges whose roots are the consistency proof PROOF(from, D[to]) of RFC 6962 2.1.2. Empty for `from` 0 or equal to `to`. */
export function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  if (requireCount(from) > requireCount(to)) throw outOfTree();
  if (from === 0) return [];
  const ranges: LeafRange[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + largestPowerBelow(end - start);
    if (from <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // The verifier knows the root of [0, from) itself; any other last piece it must be told.
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

/** `count` is at least 2. */
function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
