import { TrustError, type Json } from '../../core/errors/index.js';
import type { CollectionName } from '../../ports/documents.js';
import type { PortErrorCode } from '../../ports/errors.js';

export class StorageError extends TrustError<PortErrorCode> {}

/** `index` is the unique index that was hit, `id` for the identifier itself, `version` for a version that differs. */
export function storeConflict(collection: CollectionName, index: string, id: string): StorageError {
  return new StorageError(
    'STORE_CONFLICT',
    { en: 'the record was changed or exists already', zh: '记录已被修改或已存在' },
    { details: { collection, index }, secret: { id } },
  );
}

export function storeCorrupt(what: string, details: Json, cause?: unknown): StorageError {
  return new StorageError(
    'STORE_CORRUPT',
    { en: `stored data is damaged: ${what}`, zh: '存储的数据已损坏' },
    { details, cause },
  );
}

export function storeUnavailable(cause?: unknown): StorageError {
  return new StorageError('STORE_UNAVAILABLE', { en: 'the store cannot be used now', zh: '存储暂时不可用' }, { cause });
}

export function storeTooNew(schema: number, known: number): StorageError {
  return new StorageError(
    'STORE_TOO_NEW',
    { en: 'the store was written by a later release', zh: '该存储由更新版本的程序写入，当前版本无法打开' },
    { details: { schema, known } },
  );
}

export function notEmpty(place: string): StorageError {
  return new StorageError(
    'STORE_CONFLICT',
    { en: 'there is something already where this is to go', zh: '目标位置不为空' },
    { details: { place } },
  );
}
