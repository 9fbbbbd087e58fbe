import { isTrustError } from '../../../core/errors/index.js';
import { storeCorrupt, storeUnavailable } from '../errors.js';
import { resultCode, SQLITE } from './driver.js';

/** What SQLite threw, in the words of the port. */
export function sqliteFailure(error: unknown): unknown {
  if (isTrustError(error)) return error;
  const code = resultCode(error);
  return code === SQLITE.corrupt || code === SQLITE.notADatabase
    ? storeCorrupt('the database cannot be read', {}, error)
    : storeUnavailable(error);
}
