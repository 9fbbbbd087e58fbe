import { createConnection, Schema, type Connection, type ConnectOptions, type SchemaDefinition } from 'mongoose';
import type { CollectionName } from '../../../ports/documents.js';
import { collectionNames, indexesOf } from '../collection-table.js';
import { storeCorrupt, storeTooNew } from '../errors.js';
import { isDuplicate, mongoFailure } from './mongo-failure.js';

/** Raised with every change of what is stored; what older stores then need is done in `openDatabase`. */
export const SCHEMA_VERSION = 1;

const SCHEMA_COLLECTION = 'yinxin_schema';
const SCHEMA_ID = 'yinxin';

/** Stated for each collection, because `w`, `journal` or `readPreference` in an operator's URI would otherwise weaken them. */
const DURABLE = {
  // On the disks of most members: what was acknowledged outlives the loss of any one of them.
  writeConcern: { w: 'majority', j: true, wtimeout: 10_000 },
  readConcern: { level: 'majority' },
  read: 'primary',
} as const;

/** One aggregate as it lies in its collection, with its declared indexes as further members. */
export interface Row {
  readonly _id: string;
  readonly version: number;
  /** The document as JSON text, see `MongoDocuments`. */
  readonly body: string;
}

export interface MongoOptions {
  /** `mongodb://…` or `mongodb+srv://…`. */
  readonly uri: string;
  readonly database: string;
}

/**
 * Connects, claims an empty database for this service and makes the declared indexes. STORE_CORRUPT for a database of
 * somebody else, STORE_TOO_NEW for a schema of a later release, STORE_UNAVAILABLE when no primary answers within 5 s.
 */
export async function openDatabase({ uri, database }: MongoOptions, more: ConnectOptions = {}): Promise<Connection> {
  const connection = createConnection();
  try {
    await connection.openUri(uri, {
      dbName: database,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      serverSelectionTimeoutMS: 5000,
      connectTimeoutMS: 5000,
      socketTimeoutMS: 30_000,
      ...more,
    });
    await claim(connection);
    for (const name of collectionNames) await connection.model<Row>(name, schemaOf(name)).createIndexes();
    return connection;
  } catch (error) {
    await connection.close();
    throw mongoFailure(error);
  }
}

function schemaOf(collection: CollectionName): Schema<Row> {
  const fields = indexesOf(collection).map(({ field, type }) => [field, type === 'text' ? String : Number] as const);
  const schema = strictSchema(collection, { version: Number, body: String, ...Object.fromEntries(fields) });
  for (const { field, unique } of indexesOf(collection))
    // With the id behind it, pages of `find` come out in order without a sort.
    if (unique) schema.index({ [field]: 1 }, { unique });
    else schema.index({ [field]: 1, _id: 1 });
  return schema;
}

const strictSchema = (collection: string, fields: SchemaDefinition): Schema<Row> =>
  new Schema<Row>(
    { _id: String, ...fields },
    {
      ...DURABLE,
      collection,
      versionKey: false,
      id: false,
      strict: 'throw',
      strictQuery: 'throw',
    },
  );

/** The schema document comes before any other collection: a crash in between leaves a store that opens again. */
async function claim(connection: Connection): Promise<void> {
  const schemas = connection.model<Row>(SCHEMA_COLLECTION, strictSchema(SCHEMA_COLLECTION, { version: Number }));
  // Before the look at the document, and without its own collection: another process may be claiming at this moment.
  const isEmpty = (await connection.listCollections()).every(
    ({ name }) => name === SCHEMA_COLLECTION || name.startsWith('system.'),
  );
  const read = () => schemas.findById(SCHEMA_ID).lean();
  let present = await read();
  if (!present) {
    if (!isEmpty) throw storeCorrupt('not a database of this service', {});
    await schemas.insertOne({ _id: SCHEMA_ID, version: SCHEMA_VERSION }).catch((error: unknown) => {
      // The other process was first.
      if (!isDuplicate(error)) throw error;
    });
    present = await read();
  }
  const version = present?.version;
  if (!Number.isSafeInteger(version)) throw storeCorrupt('the schema version is missing', {});
  if (version! > SCHEMA_VERSION) throw storeTooNew(version!, SCHEMA_VERSION);
}
