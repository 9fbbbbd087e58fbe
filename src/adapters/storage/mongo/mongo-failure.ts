import { isTrustError } from '../../../core/errors/index.js';
import { storeCorrupt, storeUnavailable } from '../errors.js';

/** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const CODES = { internalError: 1, duplicateKey: 11000, indexOptionsConflict: 85, indexKeySpecsConflict: 86 } as const;
const NO_INDEX: readonly unknown[] = [CODES.duplicateKey, CODES.indexOptionsConflict, CODES.indexKeySpecsConflict];

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code;

export const isDuplicate = (error: unknown): boolean => codeOf(error) === CODES.duplicateKey;

/** FerretDB 1.x reports a replace that takes a unique value of another so. */
export const isInternal = (error: unknown): boolean => codeOf(error) === CODES.internalError;

/**
 * What the driver threw, in the words of the port. After a lost connection or a write concern that was not met in time
 * the write may have happened or not: STORE_UNAVAILABLE says neither.
 */
export function mongoFailure(error: unknown): unknown {
  if (isTrustError(error)) return error;
  // Only making an index can meet these here: a conflict of a write has become STORE_CONFLICT before.
  if (NO_INDEX.includes(codeOf(error))) return storeCorrupt('an index cannot be made', {}, error);
  return storeUnavailable(error);
}
