import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../../ports/files.js';
import { isTrustError } from '../../../core/errors/index.js';
import { walkFiles } from '../archives/walk.js';
import { writeNewFile } from '../durable-write.js';
import { notEmpty, storeCorrupt, storeUnavailable } from '../errors.js';
import { inParallel } from '../in-parallel.js';
import { openDiskFiles } from '../files/disk-files.js';
import type { SqliteDriver } from '../sqlite/driver.js';
import { openToRead, snapshotDatabase } from '../sqlite/snapshot.js';
import { makeDurableDirectory, syncDirectory, syncTree } from '../sync.js';
import { checkpointOf, type StoreCheckpoint } from './checkpoint.js';
import { formatSums, sha256, SUMS } from './sums.js';

/** Where the parts of a store lie. */
export interface StorePlaces {
  /** The SQLite file. */
  readonly database: string;
  /** The directory of `Files`. */
  readonly files: string;
  /** Further directories to be kept with it, by a name of letters, digits and `-`: archive, trust, keys. */
  readonly folders?: Readonly<Record<string, string>>;
}

/** `backup.json` of a backup. */
export interface BackupDescription {
  readonly format: 'yinxin-backup-1';
  /** RFC 3339, when it was begun. */
  readonly at: string;
  /** The journal's head in this backup: a journal elsewhere that is longer shows that the backup is older than what was seen. */
  readonly checkpoint: StoreCheckpoint | null;
  readonly folders: readonly string[];
}

export interface BackupResult extends BackupDescription {
  readonly fileCount: number;
  readonly byteCount: number;
  /** Files of the store that do not hash to their name: not copied, since a copy would make the damage look whole. */
  readonly damaged: readonly string[];
}

export const DESCRIPTION = 'backup.json';
export const DATABASE = 'store.db';

/**
 * Copies a store while it is in use. The database first and the files after it: a document names only files that were put
 * before it, and files are never taken away, so every file that the copied documents name is there.
 *
 * `target` must be empty or missing. When this resolves, everything is synced and listed in `SHA256SUMS`, written last.
 * `at` is RFC 3339. `progress` is told the number of files copied so far.
 */
export async function backupStore({
  places,
  target,
  at,
  progress = () => undefined,
  driver,
}: {
  readonly places: StorePlaces;
  readonly target: string;
  readonly at: string;
  readonly progress?: (files: number) => void;
  readonly driver?: SqliteDriver;
}): Promise<BackupResult> {
  try {
    await refuseUsed(target);
    const backup = new Backup(target, progress);
    const description = await backup.database(places.database, at, Object.keys(places.folders ?? {}), driver);
    const damaged = await backup.files(await openDiskFiles({ directory: places.files }));
    for (const [name, folder] of Object.entries(places.folders ?? {})) await backup.folder(name, folder);
    return { ...description, ...(await backup.finish()), damaged };
  } catch (error) {
    throw isTrustError(error) || error instanceof TypeError ? error : storeUnavailable(error);
  }
}

class Backup {
  private readonly sums = new Map<string, string>();
  private byteCount = 0;

  constructor(
    private readonly target: string,
    private readonly progress: (files: number) => void,
  ) {}

  async database(
    file: string,
    at: string,
    folders: readonly string[],
    driver?: SqliteDriver,
  ): Promise<BackupDescription> {
    for (const name of folders) if (!/^[a-z0-9-]+$/.test(name)) throw new TypeError(`not a name of a folder: ${name}`);
    const copy = join(this.target, DATABASE);
    await snapshotDatabase(file, copy, driver);
    const documents = openToRead(copy, driver);
    const checkpoint = await checkpointOf(documents);
    await documents.close();
    const { digest, bytes } = await digestOf(copy);
    this.list(DATABASE, digest, bytes);
    const description: BackupDescription = { format: 'yinxin-backup-1', at, checkpoint, folders };
    await this.add(DESCRIPTION, Buffer.from(JSON.stringify(description, null, 2) + '\n'));
    return description;
  }

  async files(files: Files): Promise<readonly string[]> {
    const damaged: string[] = [];
    await inParallel(files.list(), async (name) => {
      try {
        await this.add(`files/${name.slice(0, 2)}/${name}`, (await files.get(name))!);
      } catch (error) {
        if (!isTrustError(error) || error.code !== 'STORE_CORRUPT') throw error;
        damaged.push(name);
      }
    });
    return damaged.sort();
  }

  async folder(name: string, folder: string): Promise<void> {
    await inParallel(walkFiles(folder), async (entry) => {
      if (entry.kind === 'link') throw storeCorrupt('a link stands in the store', { folder: name, file: entry.path });
      if (entry.kind === 'file') await this.add(`folders/${name}/${entry.path}`, await entry.read());
    });
  }

  /** The list of digests stands only when all that it lists is on disk. */
  async finish(): Promise<{ fileCount: number; byteCount: number }> {
    await syncTree(this.target);
    await writeNewFile(join(this.target, SUMS), formatSums(this.sums));
    await syncDirectory(this.target);
    return { fileCount: this.sums.size, byteCount: this.byteCount };
  }

  private async add(path: string, bytes: Uint8Array): Promise<void> {
    await writeNewFile(join(this.target, path), bytes, 0o600);
    this.list(path, sha256(bytes), bytes.length);
  }

  private list(path: string, digest: string, bytes: number): void {
    this.sums.set(path, digest);
    this.byteCount += bytes;
    this.progress(this.sums.size);
  }
}

/** By chunks: a database may be larger than the memory. */
async function digestOf(path: string): Promise<{ digest: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { digest: hash.digest('hex'), bytes };
}

/** Makes the directory; refuses one that holds anything. */
export async function refuseUsed(directory: string): Promise<void> {
  await makeDurableDirectory(directory);
  if ((await readdir(directory)).length > 0) throw notEmpty(directory);
}
