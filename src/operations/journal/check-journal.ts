import type { LogVerifier } from '../../core/journal/index.js';
import type { Documents } from '../../ports/index.js';
import { checkRecords } from './check-records.js';
import type { CheckedRecords } from './check-records.js';
import { checkTree } from './check-tree.js';
import type { CheckedTree } from './check-tree.js';
import type { JournalProblem } from './journal-problem.js';

export interface JournalCheck extends Omit<CheckedTree, 'entries'>, CheckedRecords {
  readonly problems: readonly JournalProblem[];
}

/**
 * Re-verifies the whole journal from the store alone, trusting only the keys of `log`: every leaf from its blinding and
 * content digest, tiles, frontier, root and checkpoint from the leaves, and that intents, licence events and leaves
 * belong together one to one. Writes nothing; on a store in use, what is written meanwhile may be reported.
 */
export async function checkJournal(documents: Documents, log: LogVerifier): Promise<JournalCheck> {
  const problems: JournalProblem[] = [];
  const report = (found: JournalProblem) => problems.push(found);
  const { entries, ...tree } = await checkTree(documents, log, report);
  const records = await checkRecords(documents, { ...tree, entries }, report);
  return { ...tree, ...records, problems };
}
