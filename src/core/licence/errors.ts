import { TrustError } from '../errors/index.js';

/** Thrown as LicenceError, but for those that `next` answers: EVENT, OPERATION, STATE and TIME. */
export type LicenceErrorCode =
  | 'LICENCE_EVENT_INCOMPLETE'
  | 'LICENCE_IDENTIFIER_MALFORMED'
  | 'LICENCE_NUMBER_RULE_MALFORMED'
  | 'LICENCE_OPERATION_UNKNOWN'
  | 'LICENCE_SALTS_INVALID'
  | 'LICENCE_STATE_FORBIDS'
  | 'LICENCE_TIME_FORBIDS';

export class LicenceError extends TrustError<LicenceErrorCode> {}
