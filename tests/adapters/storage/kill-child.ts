// Writes without end and prints each name once its promise has resolved, until it is killed; see kill.test.ts.
import { writeSync } from 'node:fs';
import { openDiskFiles, openSqliteDocuments } from '../../../src/adapters/storage/index.js';

const [database, directory, round] = process.argv.slice(2) as [string, string, string];
const documents = await openSqliteDocuments({ file: database });
const files = await openDiskFiles({ directory });

async function writer(lane: number): Promise<void> {
  for (let i = 0; ; i++) {
    const name = `${round}-${lane}-${i}`;
    const file = await files.put(new TextEncoder().encode(name.repeat(1000)));
    const record = { id: name, licence: 'x', eventId: name, objectId: '', path: '', sha512: '', archivedAt: '' };
    await documents.insert('archives', { ...record, sha512: file });
    await documents.replace('archives', { ...record, sha512: file, path: 'filed' }, 1);
    // Synchronous: what the parent reads was written before anything that comes later.
    writeSync(1, `${name} ${file}\n`);
  }
}
await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(writer));
