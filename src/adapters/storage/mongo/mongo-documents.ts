import type { Connection, Model, QueryFilter } from 'mongoose';
import type { Collections } from '../../../ports/collections.js';
import type { CollectionName, Documents, Query, Versioned } from '../../../ports/documents.js';
import { checkDocument, checkPage, checkQuery, checkVersion } from '../check-document.js';
import { indexesOf } from '../collection-table.js';
import { digestDocuments } from '../digest-documents.js';
import { storeConflict, storeCorrupt, storeUnavailable } from '../errors.js';
import { isDuplicate, isInternal, mongoFailure } from './mongo-failure.js';
import type { MongoOptions, Row } from './open-database.js';
import { OrderedWrites } from './ordered-writes.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * `Documents` on MongoDB: one row per aggregate, written by one atomic operation on one row; no transactions.
 *
 * The document is kept as JSON text and not as BSON, which would change it: BSON refuses NUL in member names, servers
 * refuse or rewrite names with `$` and `.`, whole numbers turn into integers of two widths, and drivers differ on `__proto__`.
 * Text comes back byte for byte, and is the same text that SQLite keeps.
 */
export class MongoDocuments implements Documents {
  private readonly writes = new OrderedWrites();
  private closed = false;

  constructor(private readonly connection: Connection) {}

  async get<C extends CollectionName>(collection: C, id: string): Promise<Versioned<Collections[C]> | undefined> {
    const [row] = await this.read<C>(collection, { _id: id }, 1);
    return row;
  }

  async insert<C extends CollectionName>(collection: C, doc: Collections[C]): Promise<void> {
    const row = rowOf(collection, doc, 1);
    await this.write(collection, row, async (rows) => {
      await rows.insertOne(row);
    });
  }

  async replace<C extends CollectionName>(
    collection: C,
    doc: Collections[C],
    expectedVersion: number,
  ): Promise<number> {
    checkVersion(expectedVersion);
    const row = rowOf(collection, doc, expectedVersion + 1);
    await this.write(collection, row, async (rows) => {
      const { matchedCount } = await rows.replaceOne({ _id: row._id, version: expectedVersion }, row);
      if (matchedCount === 0) throw storeConflict(collection, 'version', row._id);
    });
    return row.version;
  }

  async find<C extends CollectionName>(collection: C, query: Query): Promise<readonly Versioned<Collections[C]>[]> {
    checkQuery(collection, query);
    const { index, equals, after = '', limit } = query;
    return this.read<C>(collection, { [index]: equals, _id: { $gt: after } }, limit);
  }

  async scan<C extends CollectionName>(
    collection: C,
    page: { after?: string; limit: number },
  ): Promise<readonly Versioned<Collections[C]>[]> {
    checkPage(page);
    return this.read<C>(collection, { _id: { $gt: page.after ?? '' } }, page.limit);
  }

  digest(): Promise<string> {
    return digestDocuments(this);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.writes.idle();
    await this.connection.close();
  }

  private async write(collection: CollectionName, row: Row, act: (rows: Model<Row>) => Promise<void>): Promise<void> {
    const rows = this.rows(collection);
    const values = uniqueValues(collection, row);
    const keys = [['_id', row._id], ...values].map((key) => JSON.stringify([collection, ...key]));
    try {
      await this.writes.run(keys, () => act(rows));
    } catch (error) {
      if (!isDuplicate(error) && !isInternal(error)) throw mongoFailure(error);
      const index = await takenIndex(rows, row, isDuplicate(error), values);
      if (index !== undefined) throw storeConflict(collection, index, row._id);
      // Whoever held the value gave it up since: the same call may succeed now. The cause would repeat the value.
      throw isDuplicate(error) ? storeUnavailable() : mongoFailure(error);
    }
  }

  private async read<C extends CollectionName>(
    collection: C,
    filter: Fields,
    limit: number,
  ): Promise<Versioned<Collections[C]>[]> {
    const rows = await this.rows(collection)
      .find(filter as QueryFilter<Row>)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<Row[]>()
      .catch((error: unknown) => {
        throw mongoFailure(error);
      });
    return rows.map((row) => ({ version: row.version, doc: parse<Collections[C]>(collection, row) }));
  }

  private rows(collection: CollectionName): Model<Row> {
    if (this.closed) throw storeUnavailable();
    return this.connection.model<Row>(collection);
  }
}

/** The text is taken now: what the caller does to the object while the write is under way must not reach the store. */
function rowOf(collection: CollectionName, doc: object, version: number): Row {
  const _id = checkDocument(collection, doc);
  const indexed = indexesOf(collection).map(({ field }) => [field, (doc as Fields)[field]] as const);
  return { _id, version, body: JSON.stringify(doc), ...Object.fromEntries(indexed) };
}

const uniqueValues = (collection: CollectionName, row: Row): [string, unknown][] =>
  indexesOf(collection)
    .filter(({ unique }) => unique)
    .map(({ field }) => [field, (row as unknown as Fields)[field]]);

/** Asked, not read from the server's message: which of two violated indexes that names is not specified. */
async function takenIndex(
  rows: Model<Row>,
  row: Row,
  refused: boolean,
  values: readonly [string, unknown][],
): Promise<string | undefined> {
  try {
    // Only an insert collides on its id, and only one that was surely refused: else the row may be its own.
    if (refused && row.version === 1 && (await rows.exists({ _id: row._id }))) return 'id';
    for (const [field, value] of values)
      if (await rows.exists({ [field]: value, _id: { $ne: row._id } } as QueryFilter<Row>)) return field;
    return undefined;
  } catch (error) {
    throw mongoFailure(error);
  }
}

/** Index values lie beside the body and not in it: a row in which they differ was not written here. */
function parse<T extends object>(collection: CollectionName, row: Row): T {
  let doc: Fields | null;
  try {
    doc = JSON.parse(row.body) as Fields | null;
  } catch (cause) {
    throw storeCorrupt('a document is not JSON', { collection }, cause);
  }
  const agrees =
    doc?.['id'] === row._id &&
    Number.isSafeInteger(row.version) &&
    indexesOf(collection).every(({ field }) => doc[field] === (row as unknown as Fields)[field]);
  if (!agrees) throw storeCorrupt('a document contradicts its index', { collection });
  return doc as T;
}

/** Needs a server that keeps unique indexes and `majority` write concern; see the operations manual. */
export async function openMongoDocuments(options: MongoOptions): Promise<Documents> {
  // Loaded when it is asked for: the driver takes a third of a second that other commands should not spend.
  const { openDatabase } = await import('./open-database.js');
  return new MongoDocuments(await openDatabase(options));
}
