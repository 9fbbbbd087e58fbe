import { nodeHash } from './tree-hash.js';
import { foldRoots } from './tree-range.js';
import type { TreeHash, TreeHead } from './types.js';

/** All that is needed to go on: the roots of the complete subtrees of a tree, left to right, one for each bit of its size. */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly TreeHash[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, roots: [] };

export function growFrontier(frontier: Frontier, leafHashes: readonly TreeHash[]): Frontier {
  const roots = [...frontier.roots];
  let size = frontier.size;
  for (const leaf of leafHashes) {
    let root = leaf;
    // Adding one to a binary number: each carried bit joins two subtrees of one size.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) root = nodeHash(roots.pop()!, root);
    roots.push(root);
    size++;
  }
  return { size, roots };
}

export function headOfFrontier(frontier: Frontier): TreeHead {
  return { size: frontier.size, root: foldRoots(frontier.roots) };
}

/** MTH of RFC 6962 2.1 over leaf hashes. */
export function treeRoot(leafHashes: readonly TreeHash[]): TreeHash {
  return headOfFrontier(growFrontier(EMPTY_FRONTIER, leafHashes)).root;
}
