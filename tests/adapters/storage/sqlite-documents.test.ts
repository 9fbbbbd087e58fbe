/* eslint-disable @typescript-eslint/require-await -- the contract's subject is asynchronous */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from '@jest/globals';
import { openSqliteDocuments } from '../../../src/adapters/storage/index.js';
import type { SqliteDriver } from '../../../src/adapters/storage/index.js';
import { documentsContract, type DocumentsSubject } from '../contract/documents-contract.js';

const subject = (driver?: SqliteDriver) => (): DocumentsSubject => {
  const dir = mkdtempSync(join(tmpdir(), 'yinxin-sqlite-'));
  const open = () => openSqliteDocuments({ file: join(dir, 'deep', 'er', 'store.db'), driver });
  return { open, reopen: open, dispose: async () => rmSync(dir, { recursive: true }) };
};

documentsContract('sqlite', subject());

/** Node >= 22 has the same API built in: the way out should the package ever be left alone. */
const moduleName: string = 'node:sqlite';
const builtIn = await import(moduleName).then(
  (module: { DatabaseSync: SqliteDriver }) => module.DatabaseSync,
  () => undefined,
);

if (builtIn) documentsContract('sqlite built into Node', subject(builtIn));
else
  describe('sqlite built into Node', () => {
    it.skip(`is not there in Node ${process.versions.node}`, () => undefined);
  });
