import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isTrustError } from '../../../core/errors/index.js';
import { writeNewFile } from '../durable-write.js';
import { notEmpty, storeCorrupt, storeUnavailable } from '../errors.js';
import { inParallel } from '../in-parallel.js';
import { makeDurableDirectory, syncDirectory, syncFile, syncTree } from '../sync.js';
import { DATABASE, DESCRIPTION, refuseUsed, type BackupDescription, type StorePlaces } from './backup-store.js';
import { readChecked, readSums } from './sums.js';

/**
 * Puts a backup back into places that are empty or missing. Every file is checked before the first one is written:
 * a backup that was changed restores nothing. Answers its description, whose checkpoint the caller compares with those
 * seen elsewhere before the store is used.
 */
export async function restoreStore({
  backup,
  places,
}: {
  readonly backup: string;
  readonly places: StorePlaces;
}): Promise<BackupDescription> {
  try {
    const sums = await readSums(backup);
    await inParallel(sums, async ([path, digest]) => void (await readChecked(backup, path, digest)));
    const description = await readDescription(backup, sums);
    const targetOf = targets(places);
    // Before anything is written: a path without a place, or a place that is used.
    for (const path of sums.keys()) targetOf(path);
    for (const folder of [places.files, ...Object.values(places.folders ?? {})]) await refuseUsed(folder);
    for (const suffix of ['', '-wal', '-shm', '-journal'])
      if (existsSync(places.database + suffix)) throw notEmpty(places.database + suffix);

    await inParallel(sums, async ([path, digest]) => {
      const target = targetOf(path);
      if (target !== undefined && path !== DATABASE)
        await writeNewFile(target, await readChecked(backup, path, digest), 0o600);
    });
    for (const folder of [places.files, ...Object.values(places.folders ?? {})]) await syncTree(folder);
    await restoreDatabase(join(backup, DATABASE), places.database);
    return description;
  } catch (error) {
    throw isTrustError(error) || error instanceof TypeError ? error : storeUnavailable(error);
  }
}

/** Last: where a database is, everything that it names is. */
async function restoreDatabase(from: string, to: string): Promise<void> {
  await makeDurableDirectory(dirname(to));
  await copyFile(from, to);
  await syncFile(to);
  await syncDirectory(dirname(to));
}

async function readDescription(backup: string, sums: ReadonlyMap<string, string>): Promise<BackupDescription> {
  const digest = sums.get(DESCRIPTION);
  if (digest === undefined || !sums.has(DATABASE))
    throw storeCorrupt('this is not a whole backup', { file: DESCRIPTION });
  const description = JSON.parse((await readChecked(backup, DESCRIPTION, digest)).toString()) as BackupDescription;
  if (description.format !== 'yinxin-backup-1') throw storeCorrupt('a backup of another form', { file: DESCRIPTION });
  return description;
}

/** Path in the backup → where it goes; undefined for what is about the backup itself. */
function targets(places: StorePlaces): (path: string) => string | undefined {
  return (path) => {
    if (path === DATABASE) return places.database;
    if (path === DESCRIPTION) return undefined;
    const [kind, name, ...rest] = path.split('/');
    if (kind === 'files' && name === rest[0]?.slice(0, 2)) return join(places.files, name!, basename(path));
    const folder =
      kind === 'folders' && Object.hasOwn(places.folders ?? {}, name!) ? places.folders![name!] : undefined;
    if (folder === undefined || rest.length === 0) throw new TypeError(`no place is named for ${path} of the backup`);
    return join(folder, ...rest);
  };
}
