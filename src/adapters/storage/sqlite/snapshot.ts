import { existsSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { storeTooNew, storeUnavailable } from '../errors.js';
import { syncFile } from '../sync.js';
import type { SqliteDatabase, SqliteDriver } from './driver.js';
import { migrations, schemaVersion } from './migrations.js';
import { BUSY_TIMEOUT_MS } from './open-database.js';
import { SqliteDocuments } from './sqlite-documents.js';
import { sqliteFailure } from './sqlite-failure.js';

/**
 * A consistent copy of the database as of one moment, while others read and write it: `VACUUM INTO` is one read
 * transaction. The copy is one file without a log, synced. Blocks this thread: a service runs it in another process.
 */
export async function snapshotDatabase(
  file: string,
  target: string,
  driver: SqliteDriver = DatabaseSync,
): Promise<void> {
  withDatabase(driver, file, (database) => database.prepare('VACUUM INTO ?').run(target));
  await syncFile(target);
}

/** What SQLite itself finds: damaged pages, rows that break a rule, indexes that say something else than their rows. */
export function integrityOf(file: string, driver: SqliteDriver = DatabaseSync): readonly string[] {
  const rows = withDatabase(driver, file, (database) => database.prepare('PRAGMA integrity_check').all());
  return (rows as { integrity_check: string }[])
    .map(({ integrity_check: text }) => text)
    .filter((text) => text !== 'ok');
}

/** Opens what is there; neither creates nor migrates nor writes. */
export function openToRead(file: string, driver: SqliteDriver = DatabaseSync): SqliteDocuments {
  const database = connect(driver, file);
  try {
    const schema = schemaVersion(database);
    const known = migrations.at(-1)!.version;
    if (schema > known) throw storeTooNew(schema, known);
    database.exec('PRAGMA query_only = ON');
    return new SqliteDocuments(database);
  } catch (error) {
    database.close();
    throw sqliteFailure(error);
  }
}

function withDatabase<T>(driver: SqliteDriver, file: string, use: (database: SqliteDatabase) => T): T {
  const database = connect(driver, file);
  try {
    return use(database);
  } catch (error) {
    throw sqliteFailure(error);
  } finally {
    database.close();
  }
}

function connect(driver: SqliteDriver, file: string): SqliteDatabase {
  // The driver would make an empty database of a path that was mistyped.
  if (!existsSync(file)) throw storeUnavailable(new Error(`no database at ${file}`));
  const database = new driver(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA trusted_schema = OFF`);
    return database;
  } catch (error) {
    database.close();
    throw sqliteFailure(error);
  }
}
