import { createHash, hash } from '#primitives';
import { canonicalJson, fromBase64url } from '../encoding/index.js';
import type { Json } from '../errors/index.js';
import type { Intent } from './types.js';

/** SHA-256 of the canonical JSON of the intent: the content digest that its leaf blinds. */
export function intentDigest(intent: Intent): Uint8Array {
  // The whole object: a member that a stranger added gives another leaf, which the journal does not have.
  return hash('sha256', canonicalJson(intent as unknown as Json));
}

/**
 * The data of the intent's journal leaf, 32 bytes: SHA-256(salt || SHA-256(canonical JSON of the intent)).
 * The salt is the blinding, so whoever holds the signed file can compute the leaf, and nobody else can guess it.
 *
 * @throws EncodingError BASE64_MALFORMED, JSON_NOT_CANONICALISABLE for an intent that a stranger wrote wrongly
 */
export function intentLeaf(intent: Intent): Uint8Array {
  return createHash('sha256').update(fromBase64url(intent.salt)).update(intentDigest(intent)).digest();
}
