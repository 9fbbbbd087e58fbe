import { DatabaseSync } from '@photostructure/sqlite';
import { StorageError } from '../errors.js';
import { SQLITE, resultCode } from './driver.js';
import type { SqliteDriver } from './driver.js';

/**
 * Holds a store for one writing process. The lock is SQLite's own file lock on a database beside the store, so the system
 * takes it back from a process that dies, however it dies. STORE_IN_USE while another process holds it.
 */
export function lockStore(file: string, driver: SqliteDriver = DatabaseSync): { release(): void } {
  const database = new driver(file);
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (resultCode(cause) !== SQLITE.busy) throw cause;
    throw new StorageError(
      'STORE_IN_USE',
      { en: 'another process is writing to this store', zh: '另一进程正在写入该存储' },
      { cause },
    );
  }
  return {
    release() {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
