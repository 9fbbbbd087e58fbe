import type { Collections } from './collections.js';

export type CollectionName = keyof Collections;

/** A document with the version that `replace` must name. Versions start at 1 and grow by 1. */
export interface Versioned<T> {
  readonly doc: T;
  readonly version: number;
}

/**
 * The durable store of aggregates: JSON documents in named collections.
 *
 * Contract (one test suite, every adapter):
 * - each call writes ONE document, atomically; when the promise resolves the write survives `kill -9` and power loss;
 * - writes that are under way together may share one commit, in the order of the calls;
 * - `insert` and `replace` refuse with STORE_CONFLICT where the id or a unique index value exists, or the version differs;
 *   nothing is written then; `details.index` is `id`, `version` or the first unique index that is taken;
 * - ids are 1 to 256 printable ASCII characters, so that every adapter sorts them alike;
 * - `find` sees every write whose promise has resolved; results are ordered by id and start behind `after`;
 * - documents hold strings, finite numbers, booleans, null, arrays and plain objects; anything else is a TypeError.
 */
export interface Documents {
  get<C extends CollectionName>(collection: C, id: string): Promise<Versioned<Collections[C]> | undefined>;
  insert<C extends CollectionName>(collection: C, doc: Collections[C]): Promise<void>;
  /** Answers the new version. */
  replace<C extends CollectionName>(collection: C, doc: Collections[C], expectedVersion: number): Promise<number>;
  find<C extends CollectionName>(collection: C, query: Query): Promise<readonly Versioned<Collections[C]>[]>;
  /** Every document of the collection, by id, in pages. */
  scan<C extends CollectionName>(
    collection: C,
    page: { after?: string; limit: number },
  ): Promise<readonly Versioned<Collections[C]>[]>;
  /** SHA-256 over all collections in order, hex: equal digests mean equal stores. For tests and for checks after a restore. */
  digest(): Promise<string>;
  close(): Promise<void>;
}

export interface Query {
  /** Name of a declared index of the collection. */
  readonly index: string;
  readonly equals: string | number;
  readonly after?: string;
  /** At most 1,000. */
  readonly limit: number;
}
