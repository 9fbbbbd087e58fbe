import { hash } from '#primitives';
import { suiteById } from '../../core/crypto/index.js';
import {
  TAG,
  canonicalJson,
  childrenOf,
  concat,
  expectTag,
  fromBase64url,
  fromLatin1,
  readDer,
  readOctetString,
  readOid,
  toHex,
} from '../../core/encoding/index.js';
import type { Json } from '../../core/errors/index.js';
import { blindedLeaf, leafHash, readTlogProof, verifyCheckpoint, verifyInclusion } from '../../core/journal/index.js';
import type { Checkpoint, LogVerifier } from '../../core/journal/index.js';
import type { Intent, JournalProof } from '../../core/renditions/index.js';
import type { KeptKey } from '../../ports/keeper.js';
import { keyRefused } from './errors.js';

const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SALT_BYTES = 16;
const CHECKPOINTS_KEPT = 64;

/** Throws KEY_REFUSED unless the journal had an intent about this content for this key. */
export type TraceRule = (key: KeptKey, message: Uint8Array, proof: JournalProof) => Promise<void>;

/**
 * The rule of decision 2, enforced beside the key: no seal without a trace. In this order: the intent names this key
 * and suite; it speaks of the content in `message`; the journal had it, under a checkpoint that each of its keys signed.
 *
 * Everything here comes from the asking thread, which is not trusted with the key: any failure is KEY_REFUSED.
 */
export function traceRule(log: LogVerifier): TraceRule {
  const checkpointOf = rememberedCheckpoints(log);
  return async (key, message, proof) => {
    try {
      const leaf = leafOf(key, message, proof.intent);
      const path = readTlogProof(proof.proof);
      const head = await checkpointOf(path.checkpoint);
      if (!verifyInclusion({ leafHash: leafHash(leaf), proof: path, head })) throw new TypeError('not in the journal');
    } catch (cause) {
      if ((cause as { code?: unknown }).code === 'KEY_REFUSED') throw cause;
      throw keyRefused(key.keyId, { en: 'it has no valid proof from the journal', zh: '没有有效的日志证明' }, cause);
    }
  };
}

/**
 * The intents of one sequenced batch share a checkpoint, and checking its signatures costs more than most signatures.
 * Promises are kept, since the requests of a batch come at once; a wrong one is forgotten.
 */
function rememberedCheckpoints(log: LogVerifier): (note: string) => Promise<Checkpoint> {
  const known = new Map<string, Promise<Checkpoint>>();
  return (note) => {
    let checkpoint = known.get(note);
    if (checkpoint) return checkpoint;
    checkpoint = verifyCheckpoint(note, log);
    if (known.size >= CHECKPOINTS_KEPT) known.delete(known.keys().next().value!);
    known.set(note, checkpoint);
    checkpoint.catch(() => known.delete(note));
    return checkpoint;
  };
}

/** The leaf of the intent, once it is clear that it is about this key and this content. */
function leafOf(key: KeptKey, message: Uint8Array, intent: Intent): Uint8Array {
  if (intent.keyId !== key.keyId || intent.suite !== key.suite)
    throw keyRefused(key.keyId, { en: 'its intent names another key', zh: '意向记录指定的是另一密钥' });
  const salt = fromBase64url(intent.salt);
  if (salt.length !== SALT_BYTES)
    throw keyRefused(key.keyId, { en: 'its intent has no salt of 16 bytes', zh: '意向记录的盐值长度不对' });
  const content = contentDigest(key, message, intent.binding.kind === 'code');
  if (toHex(hash(suiteById(key.suite).hash, concat([salt, content]))) !== intent.saltedDigest)
    throw keyRefused(key.keyId, { en: 'its intent is about other content', zh: '意向记录对应的是其他内容' });
  return blindedLeaf(salt, hash('sha256', canonicalJson(intent as unknown as Json)));
}

function contentDigest(key: KeptKey, message: Uint8Array, isCode: boolean): Uint8Array {
  if (key.purpose === 'seal') return messageDigestOf(message);
  return hash(suiteById(key.suite).hash, isCode ? message : payloadOf(message));
}

/** The one value of the one messageDigest attribute (RFC 5652 11.2) in a strict DER SET OF attributes. */
function messageDigestOf(attributes: Uint8Array): Uint8Array {
  const found = childrenOf(readDer(attributes), TAG.set).flatMap((attribute) => {
    const [oid, values, extra] = childrenOf(attribute);
    if (extra) throw new TypeError('an attribute has two parts');
    const list = childrenOf(values, TAG.set);
    return readOid(oid) === MESSAGE_DIGEST ? list : [];
  });
  if (found.length !== 1) throw new TypeError('not exactly one messageDigest');
  return readOctetString(expectTag(found[0], TAG.octetString));
}

/** The payload segment of a JWS signing input (RFC 7515 5.1): what stands between its one dot and the end. */
function payloadOf(signingInput: Uint8Array): Uint8Array {
  const match = /^[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)$/.exec(fromLatin1(signingInput));
  if (!match) throw new TypeError('not a JWS signing input');
  return signingInput.subarray(signingInput.length - match[1]!.length);
}
