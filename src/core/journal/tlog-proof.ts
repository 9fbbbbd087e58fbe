import { fromBase64, toBase64 } from '../encoding/index.js';
import { verifyCheckpoint } from './checkpoint.js';
import { JournalError } from './errors.js';
import { verifyInclusion } from './proof.js';
import { HASH_BYTES, leafHash } from './tree-hash.js';
import type { Checkpoint, LogVerifier, TlogProof } from './types.js';

const MAGIC = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves has 53 levels. */
const MAX_HASHES = 53;
const MAX_CHARACTERS = 131_072;

/** C2SP tlog-proof, without the optional `extra` line. */
export function writeTlogProof({ index, hashes, checkpoint }: TlogProof): string {
  return [MAGIC, `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** C2SP tlog-proof. An `extra` line is read over: it is not authenticated. Nothing is verified here; else PROOF_MALFORMED. */
export function readTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n');
  if (split < 0 || text.length > MAX_CHARACTERS) throw malformedProof();
  const [magic, ...lines] = text.slice(0, split).split('\n');
  if (magic !== MAGIC) throw malformedProof();
  if (lines[0]?.startsWith('extra ')) base64(lines.shift()!.slice(6));
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || !Number.isSafeInteger(Number(index)) || lines.length > MAX_HASHES) throw malformedProof();
  return { index: Number(index), hashes: lines.map(hashOf), checkpoint: text.slice(split + 2) };
}

/**
 * Proves that the log had `leaf` (its data, not its hash) at an index, under a checkpoint that each key signed.
 * `checkpointOf` may remember checkpoints that were right before: one covers every proof of its batch.
 *
 * @throws JournalError PROOF_MALFORMED, PROOF_MISMATCH, and those of `verifyCheckpoint`
 */
export async function verifyTlogProof(input: {
  proof: string;
  leaf: Uint8Array;
  log: LogVerifier;
  checkpointOf?: (note: string, log: LogVerifier) => Promise<Checkpoint>;
}): Promise<{ readonly index: number; readonly checkpoint: Checkpoint }> {
  const proof = readTlogProof(input.proof);
  const checkpoint = await (input.checkpointOf ?? verifyCheckpoint)(proof.checkpoint, input.log);
  if (!verifyInclusion({ leafHash: leafHash(input.leaf), proof, head: checkpoint }))
    throw new JournalError('PROOF_MISMATCH', {
      en: 'the proof does not show this entry in the journal',
      zh: '该证明不能证实条目已记入日志',
    });
  return { index: proof.index, checkpoint };
}

function hashOf(line: string): Uint8Array {
  const bytes = base64(line);
  if (bytes.length !== HASH_BYTES) throw malformedProof();
  return bytes;
}

function base64(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw malformedProof(cause);
  }
}

function malformedProof(cause?: unknown): JournalError {
  return new JournalError('PROOF_MALFORMED', { en: 'not a journal proof', zh: '不是有效的日志证明' }, { cause });
}
