import { storeCorrupt, storeTooNew } from '../errors.js';
import type { SqliteDatabase } from './driver.js';

/** `YXST`, https://sqlite.org/pragma.html#pragma_application_id: tells our file from any other database. */
const APPLICATION_ID = 0x59585354;

interface Migration {
  readonly version: number;
  readonly sql: string;
}

/**
 * Index columns are generated from the body, so an index can never say something else than its document does.
 * Each index ends with `id`: pages of `find` come out in order without a sort.
 */
function collection(name: string, ...indexes: readonly `${'unique ' | ''}${string} ${'text' | 'integer'}`[]): string {
  const columns = indexes.map((index) => index.replace('unique ', '').split(' ') as [string, string]);
  return [
    `CREATE TABLE ${name} (`,
    [
      `  id TEXT PRIMARY KEY NOT NULL CHECK (id <> '')`,
      `  version INTEGER NOT NULL CHECK (version >= 1)`,
      `  body TEXT NOT NULL CHECK (body ->> '$.id' = id)`,
      ...columns.map(
        ([field, type]) => `  ${field} ${type} NOT NULL GENERATED ALWAYS AS (body ->> '$.${field}') VIRTUAL`,
      ),
    ].join(',\n'),
    `) STRICT;`,
    ...columns.map(([field], i) =>
      indexes[i]!.startsWith('unique ')
        ? `CREATE UNIQUE INDEX ${name}_${field} ON ${name} (${field});`
        : `CREATE INDEX ${name}_${field} ON ${name} (${field}, id);`,
    ),
  ].join('\n');
}

/** Released migrations are never edited: a new need is a new row. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: [
      collection(
        'licences',
        'unique typeAndNumber text',
        'unique requestKey text',
        'issuerCode text',
        'hasPending integer',
        'isReserved integer',
      ),
      collection('intents', 'licence text', 'isOpen integer'),
      collection('leaves', 'unique entry text'),
      collection('tiles'),
      collection('journal'),
      collection('seals', 'unique ownerAndRole text', 'ownerCode text'),
      collection('clients', 'departmentCode text'),
      collection('archives', 'licence text', 'unique eventId text'),
      collection('accesses', 'licence text'),
    ].join('\n'),
  },
];

/**
 * Brings the schema up to date, in one transaction, so that a crash leaves the old schema or the new one.
 * Throws STORE_TOO_NEW for a schema of a later release, STORE_CORRUPT for a database that is not ours.
 */
export function migrate(database: SqliteDatabase, known: readonly Migration[] = migrations): void {
  const newest = known.at(-1)!.version;
  // The write lock first: two processes that open a new store must not both create it.
  database.exec('BEGIN IMMEDIATE');
  try {
    const present = schemaVersion(database);
    if (present > newest) throw storeTooNew(present, newest);
    for (const { version, sql } of known) {
      if (version <= present) continue;
      if (version === 1) createHistory(database);
      database.exec(sql);
      database.prepare('INSERT INTO schema_migrations (version) VALUES (?)').run(version);
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** 0 for a database with nothing in it. */
export function schemaVersion(database: SqliteDatabase): number {
  const { application_id: id } = database.prepare('PRAGMA application_id').get() as { application_id: number };
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (tables === 0) return 0;
  if (id !== APPLICATION_ID) throw storeCorrupt('not a database of this service', {});
  return (database.prepare('SELECT max(version) AS version FROM schema_migrations').get() as { version: number })
    .version;
}

function createHistory(database: SqliteDatabase): void {
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.exec('CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY NOT NULL) STRICT');
}
