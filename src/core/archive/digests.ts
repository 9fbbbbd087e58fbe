import { blake2b } from '@noble/hashes/blake2.js';
import { md5 } from '@noble/hashes/legacy.js';
import { sha224 } from '@noble/hashes/sha2.js';
import { hash } from '#primitives';
import { toHex } from '../encoding/index.js';

/**
 * What foreign packages use for fixity. MD5, SHA-1 and SHA-224 are read and never written: they find damage, not forgery.
 */
const digests: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  md5,
  sha1: (bytes) => hash('sha1', bytes),
  sha224,
  sha256: (bytes) => hash('sha256', bytes),
  sha384: (bytes) => hash('sha384', bytes),
  sha512: (bytes) => hash('sha512', bytes),
  'blake2b-512': (bytes) => blake2b(bytes),
};

export const canDigest = (algorithm: string): boolean => Object.hasOwn(digests, algorithm);

/** Lower-case hex; the caller has asked `canDigest`. */
export const digestHex = (algorithm: string, bytes: Uint8Array): string => toHex(digests[algorithm]!(bytes));
