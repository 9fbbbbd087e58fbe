import { hash } from '#primitives';
import { canonicalText, concat, fromBase64url, fromHex, toBase64, toHex } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import { suiteById } from '../../crypto/index.js';
import type { SuiteId } from '../../crypto/index.js';
import { readCheckpoint, readTlogProof, verifyCheckpoint, verifyTlogProof } from '../../journal/index.js';
import type { Checkpoint, LogVerifier } from '../../journal/index.js';
import { intentLeaf } from '../../renditions/index.js';
import type { Binding, JournalProof } from '../../renditions/index.js';
import type { IntentFacts, JournalFacts, Readable } from '../facts.js';
import { attempt } from '../inspect.js';
import { isTrustError } from '../../errors/index.js';
import type { World } from './world.js';

/**
 * Was the intent of exactly this signature in a journal that the caller knows, before the key signed (decision 2)?
 * `contentDigest`: hash, by the suite, of what was signed without the proof itself, hex.
 */
export async function establishJournal(
  proof: Readable<JournalProof>,
  signed: {
    readonly suite: SuiteId | null;
    readonly contentDigest: string | null;
    readonly binding: Readable<Binding>;
  },
  world: World,
): Promise<JournalFacts> {
  if (proof.found !== 'once') return { state: proof.found };
  const { intent, proof: text } = proof.value;
  const read = attempt(() => {
    const checkpoint = readCheckpoint(readTlogProof(text).checkpoint);
    return { origin: checkpoint.origin, leaf: intentLeaf(intent), fitsContent: fitsContent(proof.value, signed) };
  });
  if (!read.ok) return { state: 'malformed' };
  const { origin, leaf } = read.value;
  const facts: IntentFacts = {
    intent,
    fitsContent: read.value.fitsContent,
    fitsBinding: signed.binding.found === 'once' && sameBinding(intent.binding, signed.binding.value),
    fitsSuite: intent.suite === signed.suite,
  };
  const log = world.journals.find((one) => one.origin === origin);
  if (!log) return { ...facts, state: 'unknown-journal', origin };
  try {
    const checkpointOf = (note: string) => knownCheckpoint(note, log, world);
    const { index, checkpoint } = await verifyTlogProof({ proof: text, leaf, log, checkpointOf });
    return { ...facts, state: 'proved', origin, index, treeSize: checkpoint.size };
  } catch (error) {
    if (!isTrustError(error)) throw error;
    return { ...facts, state: 'wrong', why: error.code };
  }
}

/** The files of one batch share a checkpoint. It is kept under the keys that made it right. */
function knownCheckpoint(note: string, log: LogVerifier, { cache }: World): Promise<Checkpoint> {
  const keys = log.keys.map(({ name, suite, spki }) => `${name} ${suite} ${toBase64(spki)}\n`);
  const id = `${log.origin}\n${keys.join('')}\n${note}`;
  const known = cache.checkpoints.get(id);
  if (known) return known;
  const checkpoint = verifyCheckpoint(note, log);
  cache.checkpoints.set(id, checkpoint);
  checkpoint.catch(() => cache.checkpoints.delete(id));
  return checkpoint;
}

function fitsContent(
  { intent }: JournalProof,
  { suite, contentDigest }: { suite: SuiteId | null; contentDigest: string | null },
): boolean {
  if (suite === null || contentDigest === null) return false;
  const salted = concat([fromBase64url(intent.salt), fromHex(contentDigest)]);
  return toHex(hash(suiteById(suite).hash, salted)) === intent.saltedDigest;
}

export function sameBinding(a: Binding, b: Binding): boolean {
  return canonicalText(a as unknown as Json) === canonicalText(b as unknown as Json);
}
