import { TrustError } from '../errors/index.js';

export type CryptoErrorCode = 'SUITE_UNKNOWN' | 'KEY_UNSUPPORTED' | 'SIGNATURE_MALFORMED' | 'CONTEXT_NOT_ALLOWED';

export class CryptoError extends TrustError<CryptoErrorCode> {}
