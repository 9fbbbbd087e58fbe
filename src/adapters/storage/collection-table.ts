import type { Collections } from '../../ports/collections.js';
import type { CollectionName } from '../../ports/documents.js';

/** A top-level member of the document by which `find` looks it up. The index is named after its field. */
export interface CollectionIndex<Field extends string = string> {
  readonly field: Field;
  readonly type: 'text' | 'number';
  readonly unique: boolean;
}

type IndexesOf<C extends CollectionName> = readonly CollectionIndex<Extract<keyof Collections[C], string>>[];

const by = <F extends string>(field: F): CollectionIndex<F> => ({ field, type: 'text', unique: false });
const uniqueBy = <F extends string>(field: F): CollectionIndex<F> => ({ field, type: 'text', unique: true });
const byFlag = <F extends string>(field: F): CollectionIndex<F> => ({ field, type: 'number', unique: false });

/** What every adapter indexes. A change here needs a migration in `sqlite/migrations.ts`; a test compares the two. */
export const collectionTable: { readonly [C in CollectionName]: IndexesOf<C> } = {
  licences: [
    uniqueBy('typeAndNumber'),
    uniqueBy('requestKey'),
    by('issuerCode'),
    byFlag('hasPending'),
    byFlag('isReserved'),
  ],
  intents: [by('licence'), byFlag('isOpen')],
  leaves: [uniqueBy('entry')],
  tiles: [],
  journal: [],
  seals: [uniqueBy('ownerAndRole'), by('ownerCode')],
  clients: [by('departmentCode')],
  archives: [by('licence'), uniqueBy('eventId')],
  accesses: [by('licence')],
};

export const collectionNames = Object.keys(collectionTable) as CollectionName[];

export const indexesOf = (collection: CollectionName): readonly CollectionIndex[] => collectionTable[collection];
