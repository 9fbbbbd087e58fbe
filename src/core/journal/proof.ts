import { equalBytes } from '../encoding/index.js';
import { HASH_BYTES, emptyRoot, nodeHash } from './tree-hash.js';
import { consistencyRanges, inclusionRanges, rootOfRange } from './tree-range.js';
import type { NodeReader } from './tree-range.js';
import type { ConsistencyProof, InclusionProof, TreeHash, TreeHead } from './types.js';

/** RFC 6962 2.1.1. TREE_RANGE unless index < size. */
export function inclusionProof(index: number, size: number, read: NodeReader): InclusionProof {
  return { index, hashes: inclusionRanges(index, size).map((range) => rootOfRange(range, read)) };
}

/** RFC 6962 2.1.2. TREE_RANGE unless from <= to. */
export function consistencyProof(from: number, to: number, read: NodeReader): ConsistencyProof {
  return { from, to, hashes: consistencyRanges(from, to).map((range) => rootOfRange(range, read)) };
}

/** RFC 9162 2.1.3.2. Index, size and hashes may come from a stranger; the loop is bounded by the number of hashes. */
export function verifyInclusion(input: { leafHash: TreeHash; proof: InclusionProof; head: TreeHead }): boolean {
  const { leafHash, proof, head } = input;
  if (!isCount(proof.index) || !isCount(head.size) || proof.index >= head.size) return false;
  if (![leafHash, head.root, ...proof.hashes].every(isHash)) return false;
  let [fn, sn, root] = [proof.index, head.size - 1, leafHash];
  for (const sibling of proof.hashes) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(sibling, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else root = nodeHash(root, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(root, head.root);
}

/** RFC 9162 2.1.4.2: `to` appends to `from` and changes nothing before. Every number and hash may come from a stranger. */
export function verifyConsistency(input: { from: TreeHead; to: TreeHead; hashes: readonly TreeHash[] }): boolean {
  const { from, to, hashes } = input;
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false;
  if (![from.root, to.root, ...hashes].every(isHash)) return false;
  if (from.size === to.size) return hashes.length === 0 && equalBytes(from.root, to.root);
  // Every tree begins with the empty one.
  if (from.size === 0) return hashes.length === 0 && equalBytes(from.root, emptyRoot());
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  // A power of two has one complete subtree: the verifier's own root, which the proof leaves out.
  const path = fn === 0 ? [from.root, ...hashes] : hashes;
  const first = path[0];
  if (first === undefined) return false;
  let [fromRoot, toRoot] = [first, first];
  for (const hash of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fromRoot = nodeHash(hash, fromRoot);
      toRoot = nodeHash(hash, toRoot);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else toRoot = nodeHash(toRoot, hash);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(fromRoot, from.root) && equalBytes(toRoot, to.root);
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
/** Without this a leaf and a root of the same few bytes would agree in a tree of one. */
const isHash = (hash: TreeHash): boolean => hash.length === HASH_BYTES;
const half = (value: number): number => Math.floor(value / 2);
