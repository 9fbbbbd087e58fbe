/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous: what is refused here must be a rejection */
import { DatabaseSync } from '@photostructure/sqlite';
import type { Collections } from '../../../ports/collections.js';
import type { CollectionName, Documents, Query, Versioned } from '../../../ports/documents.js';
import { checkDocument, checkPage, checkQuery, checkVersion } from '../check-document.js';
import { indexesOf } from '../collection-table.js';
import { digestDocuments } from '../digest-documents.js';
import { storeConflict, storeCorrupt, storeUnavailable } from '../errors.js';
import { resultCode, SQLITE, type SqliteDatabase, type SqliteDriver, type SqliteStatement } from './driver.js';
import { GroupCommit } from './group-commit.js';
import { openDatabase } from './open-database.js';
import { sqliteFailure } from './sqlite-failure.js';

interface Row {
  readonly version: number;
  readonly body: string;
}

/**
 * `Documents` on SQLite with the `node:sqlite` API: one table per collection, the document as JSON text.
 * Reads and commits block the thread: tens of microseconds for a read, one fsync for a commit.
 */
export class SqliteDocuments implements Documents {
  private readonly statements = new Map<string, SqliteStatement>();
  private readonly commits: GroupCommit;
  private closed = false;

  constructor(private readonly database: SqliteDatabase) {
    this.commits = new GroupCommit(database);
  }

  async get<C extends CollectionName>(collection: C, id: string): Promise<Versioned<Collections[C]> | undefined> {
    const [row] = this.read<C>(collection, `SELECT version, body FROM ${collection} WHERE id = ?`, id);
    return row;
  }

  async insert<C extends CollectionName>(collection: C, doc: Collections[C]): Promise<void> {
    const id = checkDocument(collection, doc);
    // Text is taken now: what the caller does to the object while the commit waits must not reach the store.
    const body = JSON.stringify(doc);
    const statement = this.statement(`INSERT INTO ${collection} (id, version, body) VALUES (?, 1, ?)`);
    await this.commits.enqueue(() => {
      this.refusingConflicts(collection, body, 'insert', () => statement.run(id, body));
    });
  }

  async replace<C extends CollectionName>(
    collection: C,
    doc: Collections[C],
    expectedVersion: number,
  ): Promise<number> {
    checkVersion(expectedVersion);
    const id = checkDocument(collection, doc);
    const body = JSON.stringify(doc);
    const statement = this.statement(
      `UPDATE ${collection} SET version = version + 1, body = ? WHERE id = ? AND version = ?`,
    );
    return this.commits.enqueue(() => {
      const { changes } = this.refusingConflicts(collection, body, 'replace', () =>
        statement.run(body, id, expectedVersion),
      );
      if (changes === 0) throw storeConflict(collection, 'version', id);
      return expectedVersion + 1;
    });
  }

  async find<C extends CollectionName>(collection: C, query: Query): Promise<readonly Versioned<Collections[C]>[]> {
    checkQuery(collection, query);
    const sql = `SELECT version, body FROM ${collection} WHERE ${query.index} = ? AND id > ? ORDER BY id LIMIT ?`;
    return this.read<C>(collection, sql, query.equals, query.after ?? '', query.limit);
  }

  async scan<C extends CollectionName>(
    collection: C,
    page: { after?: string; limit: number },
  ): Promise<readonly Versioned<Collections[C]>[]> {
    checkPage(page);
    const sql = `SELECT version, body FROM ${collection} WHERE id > ? ORDER BY id LIMIT ?`;
    return this.read<C>(collection, sql, page.after ?? '', page.limit);
  }

  digest(): Promise<string> {
    return digestDocuments(this);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.commits.end();
    this.closed = true;
    this.statements.clear();
    // The driver keeps the connection until its statements are collected, so `close` alone may leave the log full.
    // No waiting here for readers in other processes: the log is as durable as the database.
    this.database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    this.database.close();
  }

  private refusingConflicts<T>(collection: CollectionName, body: string, act: 'insert' | 'replace', write: () => T): T {
    try {
      return write();
    } catch (error) {
      const fields = JSON.parse(body) as Readonly<Record<string, string>>;
      const index = resultCode(error) === SQLITE.constraint ? this.takenIndex(collection, fields, act) : undefined;
      // CHECK and NOT NULL cannot fail after `checkDocument`; if one does, it is our mistake and rolls back.
      if (index === undefined) throw error;
      throw storeConflict(collection, index, fields['id']!);
    }
  }

  /** Asked, not read from SQLite's message: which of two violated indexes that names is not specified. */
  private takenIndex(
    collection: CollectionName,
    fields: Readonly<Record<string, string>>,
    act: 'insert' | 'replace',
  ): string | undefined {
    const id = fields['id']!;
    const holder = (field: string) =>
      (
        this.statement(`SELECT id FROM ${collection} WHERE ${field} = ?`).get(fields[field]!) as
          { id: string } | undefined
      )?.id;
    if (act === 'insert' && holder('id') !== undefined) return 'id';
    return indexesOf(collection).find(({ field, unique }) => unique && (holder(field) ?? id) !== id)?.field;
  }

  /** Between two commits, never inside one: what is read has been acknowledged. */
  private read<C extends CollectionName>(
    collection: C,
    sql: string,
    ...values: (string | number)[]
  ): Versioned<Collections[C]>[] {
    const statement = this.statement(sql);
    let rows: Row[];
    try {
      rows = statement.all(...values) as Row[];
    } catch (cause) {
      throw sqliteFailure(cause);
    }
    return rows.map(({ version, body }) => ({ version, doc: parse<Collections[C]>(collection, body) }));
  }

  private statement(sql: string): SqliteStatement {
    if (this.closed) throw storeUnavailable();
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }
}

function parse<T>(collection: CollectionName, body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch (cause) {
    throw storeCorrupt('a document is not JSON', { collection }, cause);
  }
}

export interface SqliteOptions {
  /** Path of the database file; it and its directory are created when missing. */
  readonly file: string;
  /** Another keeper of the `node:sqlite` API, such as the built-in one of Node >= 22. */
  readonly driver?: SqliteDriver;
}

export async function openSqliteDocuments({ file, driver = DatabaseSync }: SqliteOptions): Promise<Documents> {
  return new SqliteDocuments(await openDatabase(file, driver));
}
