import { fromHex, toHex } from '../../src/core/encoding/index.js';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../src/core/journal/index.js';
import type { NodeReader, TreeHead } from '../../src/core/journal/index.js';
import { CT_CONSISTENCY, CT_INCLUSION, CT_LEAVES, CT_ROOTS } from '../core/journal/ct-tree.js';
import { tried } from './suite.js';
import type { Suite } from './suite.js';

const leaves = CT_LEAVES.map(leafHash);
const headOf = (size: number): TreeHead => ({ size, root: fromHex(CT_ROOTS[size]!) });
const reader: NodeReader = ({ level, index }) => treeRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const isPath = (hashes: readonly Uint8Array[], path: readonly string[]) => hashes.map(toHex).join() === path.join();

export const MERKLE_TREE: Suite = {
  name: 'rfc6962',
  source: 'RFC 6962 2.1, test tree of Certificate Transparency; proofs of transparency-dev/merkle',
  vectors: null,
  cases: CT_ROOTS.length + CT_INCLUSION.length + CT_CONSISTENCY.length,
  bothPlatforms: true,
  run: () =>
    Promise.all([
      ...CT_ROOTS.map((root, size) => tried(`root of ${size}`, () => toHex(treeRoot(leaves.slice(0, size))) === root)),
      ...CT_INCLUSION.map(([index, size, path]) =>
        tried(`leaf ${index} in ${size}`, () => {
          const proof = inclusionProof(index, size, reader);
          return isPath(proof.hashes, path) && verifyInclusion({ leafHash: leaves[index]!, proof, head: headOf(size) });
        }),
      ),
      ...CT_CONSISTENCY.map(([from, to, path]) =>
        tried(`${from} in ${to}`, () => {
          const { hashes } = consistencyProof(from, to, reader);
          return isPath(hashes, path) && verifyConsistency({ from: headOf(from), to: headOf(to), hashes });
        }),
      ),
    ]),
};
