/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous: what is refused here must be a rejection */
import type { Collections } from '../../../ports/collections.js';
import type { CollectionName, Documents, Query, Versioned } from '../../../ports/documents.js';
import { checkDocument, checkPage, checkQuery, checkVersion } from '../check-document.js';
import { collectionNames, indexesOf } from '../collection-table.js';
import { digestDocuments } from '../digest-documents.js';
import { storeConflict, storeUnavailable } from '../errors.js';

interface Row {
  readonly body: string;
  readonly version: number;
}

/** Rows are kept as JSON text, so that nobody holds a reference into the store. */
class MemoryCollection {
  private readonly rows = new Map<string, Row>();
  /** field → value → ids */
  private readonly indexes = new Map<string, Map<unknown, Set<string>>>();
  private sortedIds: readonly string[] | undefined;

  constructor(private readonly name: CollectionName) {
    for (const { field } of indexesOf(name)) this.indexes.set(field, new Map());
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  insert(id: string, doc: object): void {
    if (this.rows.has(id)) throw storeConflict(this.name, 'id', id);
    this.refuseTakenValues(id, doc);
    this.put(id, doc, 1);
    this.sortedIds = undefined;
  }

  replace(id: string, doc: object, expectedVersion: number): number {
    const old = this.rows.get(id);
    if (old?.version !== expectedVersion) throw storeConflict(this.name, 'version', id);
    this.refuseTakenValues(id, doc);
    this.unindex(id, JSON.parse(old.body) as object);
    this.put(id, doc, expectedVersion + 1);
    return expectedVersion + 1;
  }

  find({ index, equals, after = '', limit }: Query): Row[] {
    const ids = [...(this.indexes.get(index)!.get(equals) ?? [])].sort();
    return this.rowsOf(ids, after, limit);
  }

  scan(after: string, limit: number): Row[] {
    this.sortedIds ??= [...this.rows.keys()].sort();
    return this.rowsOf(this.sortedIds, after, limit);
  }

  private rowsOf(ids: readonly string[], after: string, limit: number): Row[] {
    const start = ids.findIndex((id) => id > after);
    return start < 0 ? [] : ids.slice(start, start + limit).map((id) => this.rows.get(id)!);
  }

  private refuseTakenValues(id: string, doc: object): void {
    for (const { field, unique } of indexesOf(this.name)) {
      if (!unique) continue;
      const holders = this.indexes.get(field)!.get(valueOf(doc, field));
      if (holders && !holders.has(id)) throw storeConflict(this.name, field, id);
    }
  }

  private put(id: string, doc: object, version: number): void {
    this.rows.set(id, { body: JSON.stringify(doc), version });
    for (const [field, values] of this.indexes) {
      const value = valueOf(doc, field);
      const ids = values.get(value) ?? new Set();
      values.set(value, ids.add(id));
    }
  }

  private unindex(id: string, doc: object): void {
    for (const [field, values] of this.indexes) {
      const value = valueOf(doc, field);
      const ids = values.get(value)!;
      ids.delete(id);
      if (ids.size === 0) values.delete(value);
    }
  }
}

const valueOf = (doc: object, field: string): unknown => (doc as Readonly<Record<string, unknown>>)[field];

/** The contract in memory: for tests and trials. Nothing survives the process. */
class MemoryDocuments implements Documents {
  private readonly collections = new Map(collectionNames.map((name) => [name, new MemoryCollection(name)]));
  private closed = false;

  async get<C extends CollectionName>(collection: C, id: string): Promise<Versioned<Collections[C]> | undefined> {
    const row = this.open(collection).get(id);
    return row && versioned(row);
  }

  async insert<C extends CollectionName>(collection: C, doc: Collections[C]): Promise<void> {
    this.open(collection).insert(checkDocument(collection, doc), doc);
  }

  async replace<C extends CollectionName>(
    collection: C,
    doc: Collections[C],
    expectedVersion: number,
  ): Promise<number> {
    checkVersion(expectedVersion);
    return this.open(collection).replace(checkDocument(collection, doc), doc, expectedVersion);
  }

  async find<C extends CollectionName>(collection: C, query: Query): Promise<readonly Versioned<Collections[C]>[]> {
    checkQuery(collection, query);
    return this.open(collection)
      .find(query)
      .map((row) => versioned<Collections[C]>(row));
  }

  async scan<C extends CollectionName>(
    collection: C,
    page: { after?: string; limit: number },
  ): Promise<readonly Versioned<Collections[C]>[]> {
    checkPage(page);
    const rows = this.open(collection).scan(page.after ?? '', page.limit);
    return rows.map((row) => versioned<Collections[C]>(row));
  }

  digest(): Promise<string> {
    return digestDocuments(this);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private open(collection: CollectionName): MemoryCollection {
    if (this.closed) throw storeUnavailable();
    return this.collections.get(collection)!;
  }
}

const versioned = <T>({ body, version }: Row): Versioned<T> => ({ doc: JSON.parse(body) as T, version });

export const createMemoryDocuments = (): Documents => new MemoryDocuments();
