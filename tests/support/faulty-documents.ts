import { TrustError } from '../../src/core/errors/index.js';
import type { CollectionName, Documents } from '../../src/ports/index.js';

export type Fault = 'failed' | 'failed but written';

export interface FaultyDocuments extends Documents {
  /** The next `count` writes of this kind to this collection reject; with `failed but written` the store has them all the same. */
  failNext(write: 'insert' | 'replace', collection: CollectionName, fault: Fault, count?: number): void;
  /** Called before each write, after which it goes on. */
  beforeWrite: (write: 'insert' | 'replace', collection: CollectionName) => Promise<void> | void;
  /** How many writes of this kind were asked for. */
  writes(write: 'insert' | 'replace', collection: CollectionName): number;
}

/** A store that fails on demand, as one behind a network does. */
export function faultyDocuments(inner: Documents): FaultyDocuments {
  const faults = new Map<string, { fault: Fault; left: number }>();
  const counts = new Map<string, number>();
  const write = async <T>(
    kind: 'insert' | 'replace',
    collection: CollectionName,
    act: () => Promise<T>,
  ): Promise<T> => {
    const name = `${kind} ${collection}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    await outer.beforeWrite(kind, collection);
    const planned = faults.get(name);
    if (!planned || planned.left === 0) return act();
    planned.left--;
    if (planned.fault === 'failed but written') await act();
    throw new TrustError('STORE_UNAVAILABLE', { en: `the store ${planned.fault}`, zh: '存储失败' });
  };
  const outer: FaultyDocuments = {
    get: (collection, id) => inner.get(collection, id),
    find: (collection, query) => inner.find(collection, query),
    scan: (collection, page) => inner.scan(collection, page),
    digest: () => inner.digest(),
    close: () => inner.close(),
    insert: (collection, doc) => write('insert', collection, () => inner.insert(collection, doc)),
    replace: (collection, doc, version) => write('replace', collection, () => inner.replace(collection, doc, version)),
    failNext: (kind, collection, fault, count = 1) => faults.set(`${kind} ${collection}`, { fault, left: count }),
    beforeWrite: () => undefined,
    writes: (kind, collection) => counts.get(`${kind} ${collection}`) ?? 0,
  };
  return outer;
}
