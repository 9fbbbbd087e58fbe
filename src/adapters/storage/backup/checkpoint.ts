import type { JournalHeadRecord } from '../../../ports/collections.js';
import type { Documents } from '../../../ports/documents.js';

/** The journal's head at the moment of a backup or check: a store whose journal is shorter than one seen elsewhere is too old. */
export interface StoreCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** The signed checkpoint; null while the journal is empty. */
  readonly note: string | null;
}

export async function checkpointOf(documents: Documents): Promise<StoreCheckpoint | null> {
  const head = (await documents.get('journal', 'head'))?.doc;
  return head ? pick(head) : null;
}

const pick = ({ origin, size, root, note }: JournalHeadRecord): StoreCheckpoint => ({ origin, size, root, note });
