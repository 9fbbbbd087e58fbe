import { backupStore, checkStore, restoreStore } from './adapters/storage/index.js';
import type { BackupDescription, BackupResult, StoreCheck, StorePlaces } from './adapters/storage/index.js';
import { systemClock } from './adapters/system/index.js';
import { dirname } from 'node:path';
import { places } from './setup.js';

/** Everything below a data directory but the passphrase, which belongs elsewhere. */
function storePlaces(data: string): StorePlaces {
  const at = places(data);
  const folders = {
    archive: at.archive,
    authority: at.authority,
    keys: at.keys,
    service: dirname(at.service),
    trust: at.trust,
  };
  return { database: at.store, files: at.files, folders };
}

/** While the service runs: a copy that is whole in itself. */
export const backupData = (data: string, target: string, progress: (files: number) => void): Promise<BackupResult> =>
  backupStore({ places: storePlaces(data), target, at: systemClock.now().toISOString(), progress });

/** Into an empty data directory. The caller checks the result with `checkData`. */
export const restoreData = (backup: string, data: string): Promise<BackupDescription> =>
  restoreStore({ backup, places: storePlaces(data) });

/** `seenSize`: the journal's size as it was seen elsewhere; a store that is shorter lost something. */
export const checkData = (data: string, seenSize: number): Promise<StoreCheck> =>
  checkStore({ places: storePlaces(data), seenSize });
