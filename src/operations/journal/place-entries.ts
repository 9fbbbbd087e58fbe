import type { Documents, LeafRecord } from '../../ports/index.js';
import { hasContent, leafRecord } from './entries.js';
import type { JournalEntry } from './entries.js';
import { journalStateError } from './errors.js';
import type { JournalStateError } from './errors.js';
import { findLeaf } from './journal-reader.js';
import type { JournalState } from './journal-state.js';

type Entries = readonly JournalEntry[];

export interface Placement {
  /** The leaf of every entry, old or new, by name. */
  readonly placed: Map<string, LeafRecord>;
  /** New leaves, in the order of their indexes. */
  readonly added: LeafRecord[];
  /** Calls that name an entry which the journal has with other content: none of their entries is added. */
  readonly refused: Map<Entries, JournalStateError>;
}

/** Gives every entry of every call its leaf: the one that it has, or the next new one behind the state's tree. Writes nothing. */
export async function placeEntries(
  documents: Documents,
  state: JournalState,
  calls: readonly Entries[],
): Promise<Placement> {
  const names = new Set(calls.flatMap((entries) => entries.map(({ entry }) => entry)));
  const found = await Promise.all(
    [...names].map(async (name) => [name, await findLeaf(documents, state, name)] as const),
  );
  const old = new Map(found.filter((pair): pair is readonly [string, LeafRecord] => pair[1] !== undefined));
  const placement: Placement = { placed: new Map(), added: [], refused: new Map() };
  for (const entries of calls) placeCall(entries, old, state.head.size, placement);
  return placement;
}

function placeCall(entries: Entries, old: ReadonlyMap<string, LeafRecord>, size: number, to: Placement): void {
  const { placed, added, refused } = to;
  const before = added.length;
  for (const entry of entries) {
    const known = placed.get(entry.entry) ?? old.get(entry.entry);
    if (known && !hasContent(known, entry)) {
      for (const leaf of added.splice(before)) placed.delete(leaf.entry);
      refused.set(entries, journalStateError('JOURNAL_ENTRY_DIFFERS', { entry: entry.entry }));
      return;
    }
    const leaf = known ?? leafRecord(size + added.length, entry);
    if (!known) added.push(leaf);
    placed.set(entry.entry, leaf);
  }
}
