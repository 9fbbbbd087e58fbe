import { TrustError } from '../errors/index.js';

export type SealErrorCode = 'SEAL_CANCELLED' | 'SEAL_KEY_MISSING' | 'SEAL_NOT_IN_USE_YET' | 'SEAL_SUSPENDED';

export class SealError extends TrustError<SealErrorCode> {}
