import { isTrustError } from '../../core/errors/index.js';
import type { Documents, LeafRecord } from '../../ports/index.js';
import { indexOfLeaf } from './entries.js';
import type { JournalEntry } from './entries.js';
import { journalStateError } from './errors.js';
import type { JournalStateError } from './errors.js';
import { proofsAt } from './journal-reader.js';
import type { SequencedLeaf } from './journal-reader.js';
import { applyState, headRecord, loadBelievedState, nextHead, stateAfter } from './journal-state.js';
import type { JournalState } from './journal-state.js';
import type { LogSigner } from './log-signer.js';
import { placeEntries } from './place-entries.js';
import type { Placement } from './place-entries.js';
import type { TileStore } from './tile-store.js';

interface Caller {
  readonly entries: readonly JournalEntry[];
  readonly resolve: (leaves: readonly SequencedLeaf[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** The head document holds the batch: this keeps it below 1 MB. One caller's entries stay together. */
const MAX_BATCH = 2048;
/** Lost races against other processes, in a row. */
const MAX_ATTEMPTS = 8;

/** Runs one round at a time: place, sign, replace the head, answer; what arrives meanwhile goes to the next round. */
export class Rounds {
  private readonly waiting: Caller[] = [];
  private isRunning = false;
  /** The leaves and tiles of `state` being written. Undefined when that was not begun or has failed. */
  private applying: Promise<void> | undefined = Promise.resolve();
  private fatal: JournalStateError | undefined;

  /** `state` has been applied. */
  constructor(
    private readonly documents: Documents,
    private readonly signer: LogSigner,
    private readonly tiles: TileStore,
    public state: JournalState,
  ) {}

  isAlive(): boolean {
    return this.fatal === undefined;
  }

  append(entries: readonly JournalEntry[]): Promise<readonly SequencedLeaf[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ entries, resolve, reject });
      if (!this.isRunning) void this.run();
    });
  }

  async close(): Promise<void> {
    if (this.isAlive()) await this.append([]);
    if (this.isAlive()) await this.applied();
  }

  /** Never rejects. The flag changes in the same step as the last look at `waiting`, so that no caller is forgotten. */
  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      const callers = this.nextCallers();
      try {
        await this.round(callers);
      } catch (error) {
        for (const caller of callers) caller.reject(error);
      }
    }
    this.isRunning = false;
  }

  private nextCallers(): readonly Caller[] {
    let count = 1;
    let leaves = this.waiting[0]!.entries.length;
    while (count < this.waiting.length && (leaves += this.waiting[count]!.entries.length) <= MAX_BATCH) count++;
    return this.waiting.splice(0, count);
  }

  private async round(callers: readonly Caller[]): Promise<void> {
    if (this.fatal) throw this.fatal;
    const calls = callers.map(({ entries }) => entries);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const placement = await placeEntries(this.documents, this.state, calls);
      if (placement.added.length === 0 || (await this.sequence(placement.added)))
        return this.answer(callers, placement);
    }
    throw journalStateError('JOURNAL_BUSY');
  }

  /** False when another process was first: the state is reloaded then and the entries must be placed again. */
  private async sequence(added: readonly LeafRecord[]): Promise<boolean> {
    const next = nextHead(this.state.edge, added);
    // Signed before it is written: a head without a checkpoint must never be durable.
    const [note] = await Promise.all([this.signer.sign(next.head), this.applied()]);
    const record = headRecord(this.signer.verifier.origin, next, note);
    let version: number;
    try {
      version = await this.documents.replace('journal', record, this.state.version);
    } catch (error) {
      if (isTrustError(error) && error.code === 'STORE_CONFLICT') return this.reload();
      // Written or not: who can tell? Going on could sign two trees of one size.
      this.fatal = journalStateError('JOURNAL_STATE_UNKNOWN', undefined, error);
      throw this.fatal;
    }
    this.state = stateAfter(next, record, version);
    for (const tile of next.full) this.tiles.remember(tile);
    // Not waited for: the head holds the batch, and the next head waits.
    void this.startApplying().catch(() => undefined);
    return true;
  }

  private async reload(): Promise<false> {
    const state = await loadBelievedState(this.documents, this.tiles, this.signer.verifier);
    // A journal never shrinks: an older store was put in its place.
    if (!state || state.head.size < this.state.head.size) throw journalStateError('JOURNAL_DAMAGED');
    this.state = state;
    void this.startApplying().catch(() => undefined);
    return false;
  }

  /** A failure is met again, and repeated, by whoever needs the state applied. */
  private startApplying(): Promise<void> {
    const applying = applyState(this.documents, this.state).catch((error: unknown) => {
      if (this.applying === applying) this.applying = undefined;
      throw error;
    });
    this.applying = applying;
    return applying;
  }

  /** After this the newest batch is in `leaves` and `tiles`. One more try when the first one failed. */
  private async applied(): Promise<void> {
    await this.applying?.catch(() => undefined);
    await (this.applying ?? this.startApplying());
  }

  private async answer(callers: readonly Caller[], { placed, refused }: Placement): Promise<void> {
    const records = [...placed.values()];
    const proofs = await proofsAt(this.state, this.tiles, records.map(indexOfLeaf));
    const leaves = new Map(
      records.map((leaf, i) => [leaf.entry, { entry: leaf.entry, index: indexOfLeaf(leaf), proof: proofs[i]! }]),
    );
    for (const caller of callers) {
      const refusal = refused.get(caller.entries);
      if (refusal) caller.reject(refusal);
      else caller.resolve(caller.entries.map(({ entry }) => leaves.get(entry)!));
    }
  }
}
