import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { openSqliteDocuments } from '../../../src/adapters/storage/index.js';
import { collectionNames, indexesOf } from '../../../src/adapters/storage/collection-table.js';
import type { SqliteDatabase } from '../../../src/adapters/storage/sqlite/driver.js';
import { migrate, migrations } from '../../../src/adapters/storage/sqlite/migrations.js';
import { archiveRecord } from '../contract/documents-contract.js';

describe('the schema of the SQLite store', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'yinxin-schema-'));
    file = join(dir, 'store.db');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const raw = <T>(use: (database: SqliteDatabase) => T): T => {
    const database: SqliteDatabase = new DatabaseSync(file);
    try {
      return use(database);
    } finally {
      database.close();
    }
  };

  it('has a table for each collection and an index for each declared one', async () => {
    await (await openSqliteDocuments({ file })).close();
    const made = raw((database) =>
      (
        database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all() as {
          name: string;
          sql: string;
        }[]
      )
        .map(({ name, sql }) => `${name} ${sql.includes('UNIQUE') ? 'unique' : ''}`)
        .sort(),
    );
    const declared = collectionNames.flatMap((collection) =>
      indexesOf(collection).map(({ field, unique }) => `${collection}_${field} ${unique ? 'unique' : ''}`),
    );
    expect(made).toEqual(declared.sort());
  });

  it('finds by index, without a scan and without a sort', async () => {
    await (await openSqliteDocuments({ file })).close();
    const plan = raw((database) =>
      database
        .prepare(
          'EXPLAIN QUERY PLAN SELECT version, body FROM licences WHERE hasPending = ? AND id > ? ORDER BY id LIMIT ?',
        )
        .all(1, '', 10),
    ) as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH licences USING INDEX licences_hasPending (hasPending=? AND id>?)',
    ]);
  });

  it('is durable: write-ahead log, each commit synced', async () => {
    const documents = await openSqliteDocuments({ file });
    await documents.insert('archives', archiveRecord('a'));
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(raw((database) => database.prepare('PRAGMA journal_mode').get())).toEqual({ journal_mode: 'wal' });
    await documents.close();
  });

  it('of a later release is refused and left alone', async () => {
    await (await openSqliteDocuments({ file })).close();
    raw((database) => database.exec('INSERT INTO schema_migrations (version) VALUES (1000)'));
    await expect(openSqliteDocuments({ file })).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      more: { details: { schema: 1000 } },
    });
  });

  it('grows by the migrations it lacks, each once, and keeps what is stored', async () => {
    const documents = await openSqliteDocuments({ file });
    await documents.insert('archives', archiveRecord('a'));
    await documents.close();
    const next = {
      version: 2,
      sql: "ALTER TABLE archives ADD COLUMN path TEXT GENERATED ALWAYS AS (body ->> '$.path') VIRTUAL",
    };
    raw((database) => {
      migrate(database, [...migrations, next]);
      migrate(database, [...migrations, next]);
      expect(database.prepare('SELECT path FROM archives').all()).toEqual([{ path: archiveRecord('a').path }]);
      expect(database.prepare('SELECT version FROM schema_migrations').all()).toEqual([{ version: 1 }, { version: 2 }]);
    });
    await expect(openSqliteDocuments({ file })).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
  });

  it('stays as it was when a migration fails', async () => {
    await (await openSqliteDocuments({ file })).close();
    const broken = { version: 2, sql: 'CREATE TABLE more (id TEXT) STRICT; nonsense;' };
    raw((database) => {
      expect(() => migrate(database, [...migrations, broken])).toThrow();
      expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'more'").all()).toEqual([]);
    });
    await (await openSqliteDocuments({ file })).close();
  });

  it('is not forced upon a database of somebody else, nor upon a file that is none', async () => {
    raw((database) => database.exec('CREATE TABLE theirs (id TEXT)'));
    await expect(openSqliteDocuments({ file })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    rmSync(file);
    writeFileSync(file, 'x'.repeat(5000));
    await expect(openSqliteDocuments({ file })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('refuses, in the database itself, a document that contradicts its id or its index', async () => {
    await (await openSqliteDocuments({ file })).close();
    raw((database) => {
      const insert = database.prepare('INSERT INTO leaves (id, version, body) VALUES (?, 1, ?)');
      expect(() => insert.run('a', '{"id":"b","entry":"x"}')).toThrow(/CHECK/);
      expect(() => insert.run('a', '{"id":"a"}')).toThrow(/NOT NULL/);
    });
  });

  it('reports a damaged document as STORE_CORRUPT', async () => {
    const documents = await openSqliteDocuments({ file });
    await documents.insert('tiles', { id: 'a', data: '' });
    raw((database) => database.exec(`PRAGMA ignore_check_constraints = 1; UPDATE tiles SET body = '{"id":"a",}'`));
    await expect(documents.get('tiles', 'a')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await documents.close();
  });

  it('lets two open the same file and one win each version', async () => {
    const [one, two] = [await openSqliteDocuments({ file }), await openSqliteDocuments({ file })];
    await one.insert('archives', archiveRecord('a'));
    expect((await two.get('archives', 'a'))?.version).toBe(1);
    await two.replace('archives', archiveRecord('a', { sha512: '02' }), 1);
    await expect(one.replace('archives', archiveRecord('a', { sha512: '03' }), 1)).rejects.toMatchObject({
      code: 'STORE_CONFLICT',
    });
    await one.close();
    await two.close();
  });
});
