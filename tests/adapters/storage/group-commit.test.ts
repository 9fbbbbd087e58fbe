import { describe, expect, it } from '@jest/globals';
import { storeConflict } from '../../../src/adapters/storage/errors.js';
import type { SqliteDatabase } from '../../../src/adapters/storage/sqlite/driver.js';
import { GroupCommit } from '../../../src/adapters/storage/sqlite/group-commit.js';

const sqliteError = (errcode: number) => Object.assign(new Error('sqlite'), { errcode });

/** A database that only takes notes, and fails where it is told to. */
function notingDatabase(failAt: Record<string, Error> = {}) {
  const said: string[] = [];
  const database: SqliteDatabase = {
    get isTransaction() {
      return said.lastIndexOf('BEGIN IMMEDIATE') > Math.max(said.lastIndexOf('COMMIT'), said.lastIndexOf('ROLLBACK'));
    },
    exec(sql) {
      if (failAt[sql]) throw failAt[sql];
      said.push(sql);
    },
    prepare: () => {
      throw new Error('not used');
    },
    close: () => undefined,
  };
  return { said, database, failAt };
}

describe('a group commit', () => {
  it('writes all of one turn in one transaction, in order', async () => {
    const { said, database } = notingDatabase();
    const commits = new GroupCommit(database);
    const results = await Promise.all([1, 2, 3].map((n) => commits.enqueue(() => (said.push(String(n)), n))));
    expect(results).toEqual([1, 2, 3]);
    expect(said).toEqual(['BEGIN IMMEDIATE', '1', '2', '3', 'COMMIT']);
  });

  it('begins another for the next turn', async () => {
    const { said, database } = notingDatabase();
    const commits = new GroupCommit(database);
    await commits.enqueue(() => 1);
    await commits.enqueue(() => 2);
    expect(said.filter((sql) => sql === 'COMMIT')).toHaveLength(2);
  });

  it('resolves nothing before COMMIT and nothing at all when that fails', async () => {
    const { said, database } = notingDatabase({ COMMIT: sqliteError(13) });
    const commits = new GroupCommit(database);
    const results = await Promise.allSettled([commits.enqueue(() => 1), commits.enqueue(() => 2)]);
    expect(results).toMatchObject([
      { reason: { code: 'STORE_UNAVAILABLE' } },
      { reason: { code: 'STORE_UNAVAILABLE' } },
    ]);
    expect(said).toEqual(['BEGIN IMMEDIATE', 'ROLLBACK']);
  });

  it('goes on after a full disk, and never again after a failed sync', async () => {
    const { database, failAt } = notingDatabase({ COMMIT: sqliteError(13) });
    const commits = new GroupCommit(database);
    await expect(commits.enqueue(() => 1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    delete failAt['COMMIT'];
    expect(await commits.enqueue(() => 1)).toBe(1);
    failAt['COMMIT'] = sqliteError(1034); // SQLITE_IOERR_FSYNC
    await expect(commits.enqueue(() => 1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    delete failAt['COMMIT'];
    await expect(commits.enqueue(() => 1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('fails the refused alone, and all when one fails in another way', async () => {
    const { said, database } = notingDatabase();
    const commits = new GroupCommit(database);
    const refused = () => {
      throw storeConflict('tiles', 'id', 'a');
    };
    const one = await Promise.allSettled([commits.enqueue(() => 1), commits.enqueue(refused)]);
    expect(one).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'STORE_CONFLICT' } }]);
    const broken = () => {
      throw sqliteError(7);
    };
    const all = await Promise.allSettled([commits.enqueue(() => 1), commits.enqueue(broken)]);
    expect(all).toMatchObject([{ reason: { code: 'STORE_UNAVAILABLE' } }, { reason: { code: 'STORE_UNAVAILABLE' } }]);
    expect(said.at(-1)).toBe('ROLLBACK');
  });
});
