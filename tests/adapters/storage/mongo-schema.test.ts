import { randomUUID } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createConnection, type Connection } from 'mongoose';
import { createMemoryDocuments, openMongoDocuments } from '../../../src/adapters/storage/index.js';
import { collectionNames, collectionTable, indexesOf } from '../../../src/adapters/storage/collection-table.js';
import { MongoDocuments } from '../../../src/adapters/storage/mongo/mongo-documents.js';
import { openDatabase, SCHEMA_VERSION, type Row } from '../../../src/adapters/storage/mongo/open-database.js';
import type { Documents } from '../../../src/ports/documents.js';
import { archiveRecord } from '../contract/documents-contract.js';

const uri = process.env['MONGODB_URI'];
const isFerret = uri !== undefined && (await buildInfo(uri))['ferretdbVersion'] !== undefined;
// Making a database takes its server a while on a busy machine.
jest.setTimeout(60_000);
const SOON = { serverSelectionTimeoutMS: 200 };

async function buildInfo(server: string): Promise<Record<string, unknown>> {
  const connection = await createConnection(server).asPromise();
  const info = await connection.db!.admin().command({ buildInfo: 1 });
  await connection.close();
  return info;
}

describe('the MongoDB store without a server', () => {
  it('is STORE_UNAVAILABLE', async () => {
    const nowhere = { uri: 'mongodb://127.0.0.1:1/', database: 'x' };
    await expect(openDatabase(nowhere, SOON)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('has the indexes of its schema version: a change here needs a new version that brings older stores up to date', () => {
    const table = Object.entries(collectionTable).map(
      ([name, indexes]) => `${name}: ${indexes.map(({ field, unique }) => field + (unique ? '!' : '')).join(' ')}`,
    );
    expect({ version: SCHEMA_VERSION, table }).toEqual({
      version: 1,
      table: [
        'licences: typeAndNumber! requestKey! issuerCode hasPending isReserved',
        'intents: licence isOpen',
        'leaves: entry!',
        'tiles: ',
        'journal: ',
        'seals: ownerAndRole! ownerCode',
        'clients: departmentCode',
        'archives: licence eventId!',
        'accesses: licence',
      ],
    });
  });
});

(uri === undefined ? describe.skip : describe)('the MongoDB store (not run when MONGODB_URI is not set)', () => {
  let at: { uri: string; database: string };
  let documents: Documents;
  let raw: Connection;
  let opened: Documents[];
  const keep = <T extends Documents>(store: T): T => {
    opened.push(store);
    return store;
  };
  const open = async () => keep(await openMongoDocuments(at));
  beforeEach(async () => {
    at = { uri: uri!, database: `yinxin-${randomUUID()}` };
    opened = [];
    documents = await open();
    raw = await openDatabase(at, { monitorCommands: true });
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await raw.dropDatabase();
    await raw.close();
  });
  const rows = (name: string) => raw.collection<Row>(name);

  it('has each declared index, unique as declared', async () => {
    const made: string[] = [];
    for (const name of collectionNames.filter((collection) => indexesOf(collection).length > 0))
      for (const { key, unique } of await rows(name).indexes())
        if (!('_id' in key) || Object.keys(key).length > 1)
          made.push(`${name} ${Object.keys(key).join()}${unique ? ' unique' : ''}`);
    const declared = collectionNames.flatMap((name) =>
      indexesOf(name).map(({ field, unique }) => `${name} ${field}${unique ? ' unique' : ',_id'}`),
    );
    expect(made.sort()).toEqual(declared.sort());
  });

  it('asks for majority and journal with each write and for the primary with each read, whatever the URI says', async () => {
    const weak = new URL(uri!);
    weak.search = 'w=0&journal=false&readPreference=secondaryPreferred&readConcernLevel=local';
    const connection = await openDatabase({ ...at, uri: weak.href }, { monitorCommands: true });
    const commands = new Map<string, Record<string, unknown>>();
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      commands.set(commandName, command);
    });
    const store = keep(new MongoDocuments(connection));
    await store.insert('archives', archiveRecord('a'));
    await store.replace('archives', archiveRecord('a', { sha512: '02' }), 1);
    await store.get('archives', 'a');
    const durable = expect.objectContaining({ w: 'majority', j: true });
    expect(commands.get('insert')).toMatchObject({ writeConcern: durable });
    expect(commands.get('update')).toMatchObject({ writeConcern: durable });
    expect(commands.get('find')).toMatchObject({ readConcern: { level: 'majority' } });
    expect([undefined, 'primary', 'primaryPreferred']).toContain(
      (commands.get('find')!['$readPreference'] as { mode: string } | undefined)?.mode,
    );
  });

  it('keeps as text what BSON would change', async () => {
    const odd = JSON.parse(
      '{"$set":{"a.b":1},"":[1,1.0,1e21,0.1,9007199254740991],"nul\\u0000":"\\u0000","2":0,"1":0,"__proto__":{"x":1}}',
    ) as object;
    const doc = { ...archiveRecord('a'), odd };
    await documents.insert('archives', doc);
    expect((await rows('archives').findOne({ _id: 'a' }))!.body).toBe(JSON.stringify(doc));
    expect(JSON.stringify((await documents.get('archives', 'a'))!.doc)).toBe(JSON.stringify(doc));
  });

  it('has the digest of any other store with the same content', async () => {
    const memory = createMemoryDocuments();
    for (const store of [memory, documents]) {
      for (let i = 0; i < 3; i++) await store.insert('archives', archiveRecord(`a${i}`));
      await store.replace('archives', archiveRecord('a1', { sha512: '02' }), 1);
      await store.insert('tiles', { id: '0/000', data: 'AA' });
    }
    expect(await documents.digest()).toBe(await memory.digest());
  });

  it('of a later release is refused and left alone', async () => {
    await rows('yinxin_schema').updateOne({}, { $set: { version: 1000 } });
    await expect(openMongoDocuments(at)).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      more: { details: { schema: 1000 } },
    });
    expect((await rows('yinxin_schema').findOne({}))!.version).toBe(1000);
  });

  it('is not forced upon a database of somebody else', async () => {
    await raw.dropDatabase();
    await rows('theirs').insertOne({ _id: 'a', version: 1, body: '' });
    await expect(openMongoDocuments(at)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect((await raw.listCollections()).map(({ name }) => name)).toEqual(['theirs']);
  });

  it('opens when two processes claim an empty database together', async () => {
    await raw.dropDatabase();
    await Promise.all([open(), open(), open(), open()]);
    expect(await rows('yinxin_schema').countDocuments()).toBe(1);
  });

  it.each<[string, object]>([
    ['a body that is not JSON', { body: '{"id":"a",}' }],
    ['a body that is null', { body: 'null' }],
    ['a body of another document', { body: JSON.stringify(archiveRecord('b')) }],
    ['an index that contradicts the body', { eventId: 'other' }],
    ['a version that is none', { version: 'x' }],
  ])('reports %s as STORE_CORRUPT', async (_, change) => {
    await documents.insert('archives', archiveRecord('a'));
    await rows('archives').updateOne({ _id: 'a' }, { $set: change });
    await expect(documents.get('archives', 'a')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('is STORE_UNAVAILABLE while the server cannot be reached', async () => {
    const { hostname, port } = new URL(uri!);
    const sockets = new Set<Socket>();
    const proxy = createServer((inward) => {
      const outward = connect(Number(port || 27017), hostname);
      for (const socket of [inward, outward]) sockets.add(socket.on('error', () => undefined));
      inward.pipe(outward).pipe(inward);
    });
    await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
    const through = new URL(uri!);
    through.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    through.searchParams.set('directConnection', 'true');
    const store = keep(new MongoDocuments(await openDatabase({ ...at, uri: through.href }, SOON)));
    await store.insert('archives', archiveRecord('a'));
    proxy.close();
    for (const socket of sockets) socket.destroy();
    for (const act of [
      () => store.get('archives', 'a'),
      () => store.insert('archives', archiveRecord('b')),
      () => store.replace('archives', archiveRecord('a'), 1),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  // FerretDB 1.x reads the row and writes it back in two steps: two processes can both win there.
  (isFerret ? it.skip : it)('lets one of two processes win each version (not run on FerretDB)', async () => {
    const other = await open();
    await documents.insert('archives', archiveRecord('a'));
    for (let version = 1; version <= 50; version++) {
      const writes = [documents, other].map((store) => store.replace('archives', archiveRecord('a'), version));
      const won = (await Promise.allSettled(writes)).filter(({ status }) => status === 'fulfilled');
      expect(won).toEqual([{ status: 'fulfilled', value: version + 1 }]);
    }
  });
});
