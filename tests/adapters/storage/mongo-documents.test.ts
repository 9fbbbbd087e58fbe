import { randomUUID } from 'node:crypto';
import { describe, it, jest } from '@jest/globals';
import { openMongoDocuments } from '../../../src/adapters/storage/index.js';
import { openDatabase } from '../../../src/adapters/storage/mongo/open-database.js';
import { documentsContract, type DocumentsSubject } from '../contract/documents-contract.js';

// Making a database takes its server a while on a busy machine.
jest.setTimeout(60_000);
const uri = process.env['MONGODB_URI'];

if (uri === undefined) {
  process.stderr.write('mongo as Documents not run: MONGODB_URI is not set\n');
  describe('mongo as Documents', () => {
    it.skip('not run: MONGODB_URI is not set', () => undefined);
  });
} else
  documentsContract('mongo', (): DocumentsSubject => {
    const at = { uri, database: `yinxin-${randomUUID()}` };
    const open = () => openMongoDocuments(at);
    return {
      open,
      reopen: open,
      async dispose() {
        const connection = await openDatabase(at);
        await connection.dropDatabase();
        await connection.close();
      },
    };
  });
