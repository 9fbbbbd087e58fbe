import { TrustError } from '../errors/index.js';

export type PkiErrorCode = 'CERTIFICATE_MALFORMED' | 'CRL_MALFORMED' | 'CMS_MALFORMED';

export class PkiError extends TrustError<PkiErrorCode> {}
