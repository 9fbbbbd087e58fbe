import { isTrustError } from '../../core/errors/index.js';
import type { LogVerifier } from '../../core/journal/index.js';
import type { Documents, Keeper } from '../../ports/index.js';
import type { JournalEntry } from './entries.js';
import { journalStateError } from './errors.js';
import { createReader } from './journal-reader.js';
import type { JournalReader, SequencedLeaf } from './journal-reader.js';
import { applyState, emptyState, loadBelievedState } from './journal-state.js';
import { createLogSigner } from './log-signer.js';
import type { LogSigner } from './log-signer.js';
import { Rounds } from './rounds.js';
import { TileStore } from './tile-store.js';

export interface SequencerWorld {
  readonly documents: Documents;
  readonly keeper: Keeper;
}

/** The write side of the journal, with the reads of its newest state. */
export interface Sequencer extends JournalReader {
  /** What strangers need to believe the checkpoints. */
  readonly verifier: LogVerifier;
  /**
   * Makes each entry a leaf, once: an entry that has a leaf gets that leaf. Answers in the order asked, when the head that
   * holds them is durable. Callers that arrive while a round is under way share the next one.
   *
   * After JOURNAL_STATE_UNKNOWN nothing is appended any more. After any other error the same call may be repeated.
   *
   * @throws JournalStateError JOURNAL_ENTRY_DIFFERS (nothing of this call was added), JOURNAL_BUSY, JOURNAL_DAMAGED,
   *   JOURNAL_STATE_UNKNOWN; errors of store and keeper
   */
  append(entries: readonly JournalEntry[]): Promise<readonly SequencedLeaf[]>;
  /** False after JOURNAL_STATE_UNKNOWN: the journal must be opened anew. */
  isAlive(): boolean;
  /** Waits until what is under way has ended and is applied. */
  close(): Promise<void>;
}

/**
 * Opens the journal of a store: recovers what a crash left half done, or begins a new journal in an empty store.
 *
 * @throws JournalStateError JOURNAL_DAMAGED, JOURNAL_KEYS_MISSING; JournalError when the stored checkpoint is not by these keys
 */
export async function openSequencer(world: SequencerWorld, { origin }: { origin: string }): Promise<Sequencer> {
  const { documents, keeper } = world;
  const signer = await createLogSigner(keeper, origin);
  const tiles = new TileStore(documents);
  await beginIfEmpty(documents, signer);
  const state = await loadBelievedState(documents, tiles, signer.verifier);
  if (!state) throw journalStateError('JOURNAL_DAMAGED');
  // Before anything else: the next head may replace this batch only when leaves and tiles have it.
  await applyState(documents, state);
  const rounds = new Rounds(documents, signer, tiles, state);
  return {
    ...createReader(documents, tiles, () => Promise.resolve(rounds.state)),
    verifier: signer.verifier,
    append: (entries) => rounds.append(entries),
    isAlive: () => rounds.isAlive(),
    close: () => rounds.close(),
  };
}

async function beginIfEmpty(documents: Documents, signer: LogSigner): Promise<void> {
  if (await documents.get('journal', 'head')) return;
  // Leaves without a head are what remains of a journal: a second one must not start over them.
  if ((await documents.scan('leaves', { limit: 1 })).length > 0) throw journalStateError('JOURNAL_DAMAGED');
  const { record, head } = emptyState(signer.verifier.origin);
  const note = await signer.sign(head);
  try {
    await documents.insert('journal', { ...record, note });
  } catch (error) {
    // Another process began it.
    if (!isTrustError(error) || error.code !== 'STORE_CONFLICT') throw error;
  }
}
