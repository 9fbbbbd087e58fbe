import { StorageError } from '../errors.js';

export function archiveExists(objectPath: string): StorageError {
  return new StorageError(
    'ARCHIVE_EXISTS',
    { en: 'an archive object with other content stands there', zh: '该位置已有内容不同的归档对象' },
    { details: { objectPath } },
  );
}
