import { checkSuiteSignature, suiteById } from '../crypto/index.js';
import { fromBase64, toBase64 } from '../encoding/index.js';
import type { Words } from '../errors/index.js';
import { JournalError } from './errors.js';
import { noteSigningBytes, readNote, signatureBy } from './note.js';
import type { Note } from './note.js';
import { HASH_BYTES, requireCount } from './tree-hash.js';
import type { Checkpoint, LogKey, LogVerifier, TreeHead } from './types.js';

/** C2SP tlog-checkpoint: origin, size and root, one a line. */
export function checkpointText(origin: string, head: TreeHead): string {
  if (origin === '' || origin.includes('\n')) throw malformedCheckpoint();
  return `${origin}\n${requireCount(head.size)}\n${toBase64(head.root)}\n`;
}

/** Reads a checkpoint WITHOUT checking who signed it: for logs and pages only. */
export function readCheckpoint(note: string): Checkpoint {
  return checkpointOfNote(readNote(note), note);
}

/**
 * Reads a checkpoint and requires the verifier's origin and a right signature by EACH of its keys.
 *
 * Lines of other keys are passed over, as the note specification asks.
 * @throws JournalError NOTE_MALFORMED, CHECKPOINT_MALFORMED, CHECKPOINT_ORIGIN, CHECKPOINT_SIGNATURE; LOG_KEY_UNSUPPORTED for a wrong verifier
 */
export async function verifyCheckpoint(note: string, log: LogVerifier): Promise<Checkpoint> {
  const parsed = readNote(note);
  const checkpoint = checkpointOfNote(parsed, note);
  if (checkpoint.origin !== log.origin)
    throw new JournalError('CHECKPOINT_ORIGIN', {
      en: 'the checkpoint is of another journal',
      zh: '该检查点属于另一日志',
    });
  // No key would mean that anyone could have written the note.
  if (log.keys.length === 0)
    throw badSignature({ en: 'the journal has no key to be believed by', zh: '未给出可信的日志密钥' });
  await Promise.all(log.keys.map((key) => requireSignature(parsed, key)));
  return checkpoint;
}

async function requireSignature(note: Note, key: LogKey): Promise<void> {
  const signature = signatureBy(note, key);
  if (!signature)
    throw badSignature({ en: `the checkpoint is not signed with ${key.suite}`, zh: `检查点缺少 ${key.suite} 签名` });
  const message = noteSigningBytes(note.text);
  if (!(await checkSuiteSignature({ suite: suiteById(key.suite), spki: key.spki, message, signature })))
    throw badSignature({
      en: `the ${key.suite} signature of the checkpoint is wrong`,
      zh: `检查点的 ${key.suite} 签名不正确`,
    });
}

function checkpointOfNote({ text }: Note, note: string): Checkpoint {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin || !size || !root || !/^(0|[1-9]\d{0,15})$/.test(size) || extensions.includes(''))
    throw malformedCheckpoint();
  return { origin, size: sizeOf(size), root: rootOf(root), note };
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (!Number.isSafeInteger(size)) throw malformedCheckpoint();
  return size;
}

function rootOf(text: string): Uint8Array {
  let root: Uint8Array;
  try {
    root = fromBase64(text);
  } catch (cause) {
    throw malformedCheckpoint(cause);
  }
  if (root.length !== HASH_BYTES) throw malformedCheckpoint();
  return root;
}

const badSignature = (words: Words) => new JournalError('CHECKPOINT_SIGNATURE', words);

function malformedCheckpoint(cause?: unknown): JournalError {
  return new JournalError('CHECKPOINT_MALFORMED', { en: 'not a checkpoint', zh: '不是有效的检查点' }, { cause });
}
