import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex, utf8 } from '../../../src/core/encoding/index.js';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/core/journal/index.js';
import type { NodeReader, TreeHash, TreeHead } from '../../../src/core/journal/index.js';
import { CT_CONSISTENCY, CT_INCLUSION, CT_LEAVES, CT_ROOTS } from './ct-tree.js';

const readerOf =
  (leaves: readonly TreeHash[]): NodeReader =>
  ({ level, index }) =>
    treeRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

const ct = CT_LEAVES.map(leafHash);
const many = Array.from({ length: 70 }, (_, i) => leafHash(utf8(`${i}`)));
const headOf = (leaves: readonly TreeHash[], size: number): TreeHead => ({
  size,
  root: treeRoot(leaves.slice(0, size)),
});
const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 31 ? byte ^ 1 : byte));

describe('inclusionProof', () => {
  it.each(CT_INCLUSION)('gives the known path of leaf %d in the test tree of %d', (index, size, path) => {
    const proof = inclusionProof(index, size, readerOf(ct));
    expect(proof).toEqual({ index, hashes: path.map(fromHex) });
    expect(verifyInclusion({ leafHash: ct[index]!, proof, head: { size, root: fromHex(CT_ROOTS[size]!) } })).toBe(true);
  });

  it('convinces the verifier for every leaf of every size up to 40, and for no other leaf', () => {
    for (let size = 1; size <= 40; size++)
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, readerOf(many));
        expect(verifyInclusion({ leafHash: many[index]!, proof, head: headOf(many, size) })).toBe(true);
        expect(verifyInclusion({ leafHash: many[(index + 1) % 70]!, proof, head: headOf(many, size) })).toBe(false);
      }
  });

  it.each([
    [8, 8],
    [0, 0],
    [-1, 8],
    [0.5, 8],
    [0, 2 ** 53],
    [Number.NaN, 8],
  ])('is refused for leaf %d of a tree of %d', (index, size) => {
    expect(() => inclusionProof(index, size, readerOf(ct))).toThrow(expect.objectContaining({ code: 'TREE_RANGE' }));
  });
});

describe('verifyInclusion', () => {
  const proof = inclusionProof(5, 7, readerOf(ct));
  const good = { leafHash: ct[5]!, proof, head: headOf(ct, 7) };
  const withHashes = (hashes: readonly TreeHash[]) => ({ ...good, proof: { index: 5, hashes } });

  it('refuses a proof with any hash changed, dropped, doubled or added', () => {
    expect(verifyInclusion(good)).toBe(true);
    proof.hashes.forEach((hash, i) => {
      expect(verifyInclusion(withHashes(proof.hashes.with(i, flipped(hash))))).toBe(false);
      expect(verifyInclusion(withHashes(proof.hashes.toSpliced(i, 1)))).toBe(false);
      expect(verifyInclusion(withHashes(proof.hashes.toSpliced(i, 0, hash)))).toBe(false);
    });
    expect(verifyInclusion(withHashes([...proof.hashes, ct[0]!]))).toBe(false);
    expect(verifyInclusion(withHashes(Array.from({ length: 1000 }, () => ct[0]!)))).toBe(false);
  });

  it.each([-1, 7, 4, 0.5, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN])(
    'refuses the same path for index %d',
    (index) => {
      expect(verifyInclusion({ ...good, proof: { ...proof, index } })).toBe(false);
    },
  );

  it.each([0, 5, -7, 7.5, 2 ** 53, Number.NaN, 2 ** 52])('refuses the same path for size %d', (size) => {
    expect(verifyInclusion({ ...good, head: { ...good.head, size } })).toBe(false);
  });

  it('refuses hashes that are not 32 bytes, were they equal', () => {
    const short = new Uint8Array(4);
    expect(verifyInclusion({ leafHash: short, proof: { index: 0, hashes: [] }, head: { size: 1, root: short } })).toBe(
      false,
    );
    expect(verifyConsistency({ from: { size: 3, root: short }, to: { size: 3, root: short }, hashes: [] })).toBe(false);
  });

  it('takes indexes above 2^32', () => {
    // A tree of 2^40 + 1 leaves: the last leaf's only sibling is the root of the complete subtree before it.
    const [size, left, leaf] = [2 ** 40 + 1, ct[0]!, ct[1]!];
    const root = treeRoot([left, leaf]);
    expect(verifyInclusion({ leafHash: leaf, proof: { index: 2 ** 40, hashes: [left] }, head: { size, root } })).toBe(
      true,
    );
    expect(
      verifyInclusion({ leafHash: leaf, proof: { index: 2 ** 40 - 1, hashes: [left] }, head: { size, root } }),
    ).toBe(false);
  });
});

describe('consistencyProof', () => {
  it.each(CT_CONSISTENCY)('gives the known proof from %d to %d', (from, to, path) => {
    const proof = consistencyProof(from, to, readerOf(ct));
    expect({ ...proof, hashes: proof.hashes.map(toHex) }).toEqual({ from, to, hashes: path });
    expect(verifyConsistency({ from: headOf(ct, from), to: headOf(ct, to), hashes: proof.hashes })).toBe(true);
  });

  it('convinces the verifier for every pair of sizes up to 40', () => {
    for (let to = 0; to <= 40; to++)
      for (let from = 0; from <= to; from++) {
        const { hashes } = consistencyProof(from, to, readerOf(many));
        expect(verifyConsistency({ from: headOf(many, from), to: headOf(many, to), hashes })).toBe(true);
      }
  });

  it.each([
    [3, 2],
    [-1, 2],
    [1.5, 2],
    [0, 2 ** 53],
  ])('is refused from %d to %d', (from, to) => {
    expect(() => consistencyProof(from, to, readerOf(ct))).toThrow(expect.objectContaining({ code: 'TREE_RANGE' }));
  });
});

describe('verifyConsistency', () => {
  it('finds a tree in which an old leaf was changed', () => {
    const rewritten = many.with(2, flipped(many[2]!));
    for (const from of [3, 4, 6, 8, 33, 64]) {
      const { hashes } = consistencyProof(from, 70, readerOf(rewritten));
      expect(verifyConsistency({ from: headOf(many, from), to: headOf(rewritten, 70), hashes })).toBe(false);
    }
  });

  it.each([
    [6, 7],
    [4, 7],
    [1, 7],
    [3, 8],
  ])('refuses a proof from %d to %d with any hash changed, dropped or added', (fromSize, toSize) => {
    const [from, to] = [headOf(ct, fromSize), headOf(ct, toSize)];
    const { hashes } = consistencyProof(fromSize, toSize, readerOf(ct));
    hashes.forEach((hash, i) => {
      expect(verifyConsistency({ from, to, hashes: hashes.with(i, flipped(hash)) })).toBe(false);
      expect(verifyConsistency({ from, to, hashes: hashes.toSpliced(i, 1) })).toBe(false);
    });
    expect(verifyConsistency({ from, to, hashes: [...hashes, ct[0]!] })).toBe(false);
    expect(verifyConsistency({ from, to, hashes: [] })).toBe(false);
    expect(verifyConsistency({ from: { ...from, root: ct[7]! }, to, hashes })).toBe(false);
    expect(verifyConsistency({ from, to: { ...to, root: ct[7]! }, hashes })).toBe(false);
  });

  it('knows that a tree is consistent with itself only when the roots agree and nothing is added', () => {
    const head = headOf(ct, 5);
    expect(verifyConsistency({ from: head, to: head, hashes: [] })).toBe(true);
    expect(verifyConsistency({ from: head, to: head, hashes: [ct[0]!] })).toBe(false);
    expect(verifyConsistency({ from: head, to: { size: 5, root: ct[0]! }, hashes: [] })).toBe(false);
  });

  it('takes the empty tree as the beginning of every tree when its root is that of nothing', () => {
    const to = headOf(ct, 5);
    expect(verifyConsistency({ from: { size: 0, root: emptyRoot() }, to, hashes: [] })).toBe(true);
    expect(verifyConsistency({ from: { size: 0, root: ct[0]! }, to, hashes: [] })).toBe(false);
    expect(verifyConsistency({ from: { size: 0, root: emptyRoot() }, to, hashes: [ct[0]!] })).toBe(false);
  });

  it.each([
    [7, 3],
    [-1, 3],
    [1.5, 3],
    [1, 2 ** 53],
    [Number.NaN, 3],
  ])('refuses sizes %d and %d', (from, to) => {
    expect(
      verifyConsistency({ from: { size: from, root: ct[0]! }, to: { size: to, root: ct[1]! }, hashes: [ct[2]!] }),
    ).toBe(false);
  });
});
