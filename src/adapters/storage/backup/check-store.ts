import { isTrustError } from '../../../core/errors/index.js';
import type { Documents } from '../../../ports/documents.js';
import type { Files } from '../../../ports/files.js';
import { collectionNames } from '../collection-table.js';
import { pagesOf } from '../pages-of.js';
import { storeUnavailable } from '../errors.js';
import { openDiskFiles } from '../files/disk-files.js';
import { inParallel } from '../in-parallel.js';
import type { SqliteDriver } from '../sqlite/driver.js';
import { integrityOf, openToRead } from '../sqlite/snapshot.js';
import type { StorePlaces } from './backup-store.js';
import { checkpointOf, type StoreCheckpoint } from './checkpoint.js';

export type StoreFindingCode =
  /** SQLite found pages, rows or indexes that contradict each other. */
  | 'DATABASE_DAMAGED'
  /** A licence names a rendition that is not on disk. */
  | 'FILE_MISSING'
  /** A file does not hash to its name. */
  | 'FILE_DAMAGED'
  /** The journal here is shorter than one that was seen: what was sealed since is not in this store. */
  | 'OLDER_THAN_CHECKPOINT';

export interface StoreFinding {
  readonly code: StoreFindingCode;
  readonly subject: string;
}

export interface StoreCheck {
  readonly sound: boolean;
  readonly findings: readonly StoreFinding[];
  readonly documents: Readonly<Record<string, number>>;
  readonly files: number;
  /** Files that no licence names: leftovers of requests that ended between file and document. No fault. */
  readonly unreferenced: number;
  readonly checkpoint: StoreCheckpoint | null;
}

/**
 * Checks a store from disk: the database by itself, every file against its name, every rendition of every licence, and
 * whether the journal is as long as `seenSize`, the size of the newest checkpoint known from elsewhere.
 * Changes nothing. Whether the journal's tree is right is the journal's own check.
 */
export async function checkStore({
  places,
  seenSize = 0,
  progress = () => undefined,
  driver,
}: {
  readonly places: StorePlaces;
  readonly seenSize?: number;
  readonly progress?: (files: number) => void;
  readonly driver?: SqliteDriver;
}): Promise<StoreCheck> {
  const findings: StoreFinding[] = [];
  const check = {
    documents: {} as Readonly<Record<string, number>>,
    files: 0,
    unreferenced: 0,
    checkpoint: null as StoreCheckpoint | null,
  };
  try {
    for (const subject of integrityOf(places.database, driver)) findings.push({ code: 'DATABASE_DAMAGED', subject });
    const documents = openToRead(places.database, driver);
    try {
      check.documents = await countDocuments(documents);
      check.checkpoint = await checkpointOf(documents);
      const named = await namedFiles(documents);
      const present = await checkFiles(await openDiskFiles({ directory: places.files }), findings, progress);
      for (const [file, licence] of named)
        if (!present.has(file)) findings.push({ code: 'FILE_MISSING', subject: `${licence}/${file}` });
      check.files = present.size;
      check.unreferenced = [...present].filter((file) => !named.has(file)).length;
    } finally {
      await documents.close();
    }
    const size = check.checkpoint?.size ?? 0;
    if (size < seenSize) findings.push({ code: 'OLDER_THAN_CHECKPOINT', subject: String(size) });
  } catch (error) {
    if (!isTrustError(error)) throw storeUnavailable(error);
    // So damaged that it cannot be read: that is the answer of a check, not its failure.
    if (error.code !== 'STORE_CORRUPT') throw error;
    findings.push({ code: 'DATABASE_DAMAGED', subject: error.words.en });
  }
  return { sound: findings.length === 0, findings, ...check };
}

async function countDocuments(documents: Documents): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const collection of collectionNames) {
    counts[collection] = 0;
    for await (const page of pagesOf(documents, collection)) counts[collection] += page.length;
  }
  return counts;
}

/** File → the licence that names it. */
async function namedFiles(documents: Documents): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>();
  for await (const page of pagesOf(documents, 'licences'))
    for (const { doc } of page) for (const { file } of doc.renditions) named.set(file, doc.id);
  return named;
}

async function checkFiles(
  files: Files,
  findings: StoreFinding[],
  progress: (files: number) => void,
): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  await inParallel(files.list(), async (name) => {
    present.add(name);
    try {
      await files.get(name);
    } catch (error) {
      if (!isTrustError(error) || error.code !== 'STORE_CORRUPT') throw error;
      findings.push({ code: 'FILE_DAMAGED', subject: name });
    }
    progress(present.size);
  });
  return present;
}
