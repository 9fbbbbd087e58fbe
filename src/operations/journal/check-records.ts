import { hash } from '#primitives';
import { toBase64url } from '../../core/encoding/index.js';
import { intentDigest } from '../../core/renditions/index.js';
import type { Documents, IntentRecord, LeafRecord, LicenceRecord } from '../../ports/index.js';
import type { CheckedTree, Report } from './check-tree.js';
import { eventEntry, eventEntryName, intentEntryName, leafId } from './entries.js';
import type { JournalEntry } from './entries.js';
import { problem } from './journal-problem.js';
import { scanAll } from './scan-all.js';

export interface CheckedRecords {
  readonly intents: Readonly<Record<IntentRecord['outcome'], number>>;
  /** Events of licences, and those that still wait for their leaf. */
  readonly events: number;
  readonly waitingEvents: number;
}

/** Holds every intent and every licence event against its leaf, and every leaf against its record. */
export async function checkRecords(documents: Documents, tree: CheckedTree, report: Report): Promise<CheckedRecords> {
  const batch = (await documents.get('journal', 'head'))?.doc.batch ?? [];
  const leafAbout = async (entry: string): Promise<LeafRecord | undefined> => {
    const index = tree.entries.get(entry);
    if (index === undefined) return undefined;
    return (await documents.get('leaves', leafId(index)))?.doc ?? batch.find((leaf) => leaf.entry === entry);
  };
  const known = new Set<string>();
  const signed = new Set<string>();
  const intents = { open: 0, signed: 0, unknown: 0 };
  const events = { all: 0, waiting: 0 };

  for await (const record of scanAll(documents, 'intents')) {
    intents[record.outcome]++;
    known.add(intentEntryName(record.id));
    if (record.outcome === 'signed') signed.add(record.id);
    checkIntent(record, await leafAbout(intentEntryName(record.id)), report);
  }
  for await (const licence of scanAll(documents, 'licences')) {
    for (const event of licence.events) {
      events.all++;
      known.add(eventEntryName(event.id));
      const leaf = await leafAbout(eventEntryName(event.id));
      if (!leaf && isWaiting(licence, event.id)) events.waiting++;
      else if (!leaf) report(problem('EVENT_LEAF_MISSING', event.id));
      else if (leaf.content !== contentOf(eventEntry(event, new Uint8Array(0))))
        report(problem('EVENT_LEAF_DIFFERS', event.id));
    }
    for (const { intentId } of licence.renditions)
      if (!signed.has(intentId)) report(problem('RENDITION_WITHOUT_INTENT', licence.id));
  }
  for (const entry of tree.entries.keys()) if (!known.has(entry)) reportUnknown(entry, report);
  return { intents, events: events.all, waitingEvents: events.waiting };
}

/** An open or unknown intent may have no leaf: the process ended before it was sequenced, and nothing was signed. */
function checkIntent(record: IntentRecord, leaf: LeafRecord | undefined, report: Report): void {
  if (!leaf) {
    if (record.outcome === 'signed' || record.leafIndex !== null) report(problem('INTENT_LEAF_MISSING', record.id));
    return;
  }
  const isAtItsPlace = record.leafIndex === null || leaf.id === leafId(record.leafIndex);
  const isItsContent =
    record.intent.id === record.id &&
    leaf.blinding === record.intent.salt &&
    leaf.content === toBase64url(intentDigest(record.intent));
  if (!isAtItsPlace || !isItsContent) report(problem('INTENT_LEAF_DIFFERS', record.id));
}

const isWaiting = (licence: LicenceRecord, eventId: string): boolean =>
  licence.pending.some((work) => work.kind === 'journal-event' && work.eventId === eventId);

const contentOf = ({ content }: JournalEntry): string => toBase64url(hash('sha256', content));

function reportUnknown(entry: string, report: Report): void {
  if (entry.startsWith(intentEntryName(''))) report(problem('INTENT_RECORD_MISSING', entry));
  if (entry.startsWith(eventEntryName(''))) report(problem('EVENT_RECORD_MISSING', entry));
}
