import { createHash, hash } from '#primitives';
import { JournalError } from './errors.js';
import type { TreeHash } from './types.js';

export const HASH_BYTES = 32;

// RFC 6962 2.1: the first byte tells a leaf from a node, so that neither can be passed off as the other.
const LEAF_PREFIX = new Uint8Array([0]);
const NODE_PREFIX = new Uint8Array([1]);

/** MTH({}) of RFC 6962 2.1: the root of the tree without leaves. */
export const emptyRoot = (): TreeHash => hash('sha256', new Uint8Array(0));

/** RFC 6962 2.1: SHA-256(0x00 || data). */
export function leafHash(data: Uint8Array): TreeHash {
  return createHash('sha256').update(LEAF_PREFIX).update(data).digest();
}

/** RFC 6962 2.1: SHA-256(0x01 || left || right). */
export function nodeHash(left: TreeHash, right: TreeHash): TreeHash {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/** The data of a leaf that names nothing: SHA-256(blinding || content digest). Only who knows the blinding can tell what it is about. */
export function blindedLeaf(blinding: Uint8Array, contentDigest: Uint8Array): Uint8Array {
  return createHash('sha256').update(blinding).update(contentDigest).digest();
}

/** Sizes and indexes are integers from 0 to 2^53 - 1; anything else is TREE_RANGE. */
export function requireCount(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw outOfTree();
  return value;
}

export function outOfTree(): JournalError {
  return new JournalError('TREE_RANGE', {
    en: 'the index or size lies outside the journal',
    zh: '序号或长度超出日志范围',
  });
}
