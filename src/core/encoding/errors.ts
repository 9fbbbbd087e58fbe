import { TrustError } from '../errors/index.js';

export type EncodingErrorCode =
  | 'BASE64_MALFORMED'
  | 'HEX_MALFORMED'
  | 'UTF8_MALFORMED'
  | 'JSON_MALFORMED'
  | 'JSON_NOT_CANONICALISABLE'
  | 'DER_MALFORMED'
  | 'OID_MALFORMED';

export class EncodingError extends TrustError<EncodingErrorCode> {}
