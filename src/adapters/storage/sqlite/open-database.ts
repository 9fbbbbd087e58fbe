import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeDurableDirectory, syncDirectory, syncFile } from '../sync.js';
import type { SqliteDatabase, SqliteDriver } from './driver.js';
import { migrate } from './migrations.js';
import { sqliteFailure } from './sqlite-failure.js';

export const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the store or creates it. When this resolves, the file, its write-ahead log and every directory made on the way
 * are on disk: a store that acknowledged its first record cannot be missing as a whole after a power cut.
 */
export async function openDatabase(path: string, driver: SqliteDriver): Promise<SqliteDatabase> {
  await makeDurableDirectory(dirname(path));
  let database: SqliteDatabase | undefined;
  try {
    database = new driver(path);
    // Before anything else: the other pragmas may have to wait for a lock.
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    // FULL syncs the log at each commit. NORMAL would lose acknowledged commits at a power cut.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;');
    migrate(database);
    for (const file of [path, `${path}-wal`]) if (existsSync(file)) await syncFile(file);
    await syncDirectory(dirname(path));
    return database;
  } catch (error) {
    database?.close();
    throw sqliteFailure(error);
  }
}
