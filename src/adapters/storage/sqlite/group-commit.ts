import { StorageError, storeUnavailable } from '../errors.js';
import { resultCode, SQLITE, type SqliteDatabase } from './driver.js';

interface Waiting {
  readonly write: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly refused: StorageError };

/**
 * Writes asked for in one turn of the event loop share one transaction and so one fsync, in the order of the calls.
 *
 * Each write is ONE statement: SQLite undoes a statement that violates a constraint and keeps the transaction, so a
 * conflict fails its own call only. Any other failure rolls all of them back, and none of their promises resolves.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private broken: StorageError | undefined;

  constructor(private readonly database: SqliteDatabase) {}

  /** `write` throws StorageError to refuse. Resolves after COMMIT, that is after the WAL was synced. */
  enqueue<T>(write: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.broken) return reject(this.broken);
      this.waiting.push({ write, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Commits what waits and refuses whatever comes later. */
  end(): void {
    this.flush();
    this.broken ??= storeUnavailable();
  }

  private flush(): void {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    try {
      const outcomes = this.commit(batch);
      batch.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i]!;
        if ('refused' in outcome) reject(outcome.refused);
        else resolve(outcome.value as never);
      });
    } catch (cause) {
      const error = storeUnavailable(cause);
      // After a failed fsync the kernel may call dirty pages clean: nothing this connection says later can be trusted.
      if (resultCode(cause) === SQLITE.ioError) this.broken = error;
      for (const { reject } of batch) reject(error);
    }
  }

  private commit(batch: readonly Waiting[]): Outcome[] {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const outcomes = batch.map(({ write }) => attempt(write));
      this.database.exec('COMMIT');
      return outcomes;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

function attempt(write: () => unknown): Outcome {
  try {
    return { value: write() };
  } catch (error) {
    if (error instanceof StorageError) return { refused: error };
    throw error;
  }
}
