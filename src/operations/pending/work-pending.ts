import { isTrustError } from '../../core/errors/index.js';
import type { Documents, LicenceRecord, Log, PendingWork, Random } from '../../ports/index.js';
import { fileLicenceEvent, type FilingWorld } from '../archive/file-licence-event.js';
import { eventEntry, type Sequencer } from '../journal/index.js';

export type PendingWorld = FilingWorld & {
  readonly documents: Documents;
  readonly random: Random;
  readonly sequencer: Sequencer;
  readonly log: Log;
};

export interface PendingOutcome {
  readonly done: number;
  readonly failed: number;
}

/** Licences looked at in one page. */
const PAGE = 100;
const REMOVAL_ATTEMPTS = 16;

/**
 * Does what follows from licence events: journal leaves and archive items. Each piece of work can be repeated without harm
 * (a leaf is made once for its entry, an archive object once for its event), so a crash between doing and crossing off
 * costs only the repetition. Work that fails stays and is tried again at the next call.
 */
export const workPending = (world: PendingWorld) => async (): Promise<PendingOutcome> => {
  let done = 0;
  let failed = 0;
  let after: string | undefined;
  for (;;) {
    const page = await world.documents.find('licences', { index: 'hasPending', equals: 1, after, limit: PAGE });
    if (page.length === 0) return { done, failed };
    const outcomes = await Promise.all(page.map(({ doc }) => workLicence(world, doc)));
    for (const outcome of outcomes) {
      done += outcome.done;
      failed += outcome.failed;
    }
    after = page.at(-1)!.doc.id;
  }
};

async function workLicence(world: PendingWorld, record: LicenceRecord): Promise<PendingOutcome> {
  const finished: string[] = [];
  for (const work of record.pending) {
    try {
      await act(world, record, work);
      finished.push(work.id);
    } catch (error) {
      world.log.error('pending.failed', { licence: record.id, kind: work.kind, eventId: work.eventId }, error);
    }
  }
  try {
    if (finished.length > 0) await crossOff(world.documents, record.id, finished);
    return { done: finished.length, failed: record.pending.length - finished.length };
  } catch (error) {
    // Done and not crossed off: it is done again, which harms nothing.
    world.log.error('pending.not-crossed-off', { licence: record.id }, error);
    return { done: 0, failed: record.pending.length };
  }
}

async function act(world: PendingWorld, record: LicenceRecord, work: PendingWork): Promise<void> {
  const event = record.events.find(({ id }) => id === work.eventId)!;
  switch (work.kind) {
    case 'journal-event':
      await world.sequencer.append([eventEntry(event, world.random.bytes(16))]);
      return;
    case 'archive':
      await fileLicenceEvent(world, record, event);
  }
}

async function crossOff(documents: Documents, id: string, finished: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { doc, version } = (await documents.get('licences', id))!;
    const pending = doc.pending.filter((work) => !finished.includes(work.id));
    try {
      await documents.replace('licences', { ...doc, pending, hasPending: pending.length > 0 ? 1 : 0 }, version);
      return;
    } catch (error) {
      if (!isTrustError(error) || error.code !== 'STORE_CONFLICT' || attempt === REMOVAL_ATTEMPTS) throw error;
    }
  }
}
