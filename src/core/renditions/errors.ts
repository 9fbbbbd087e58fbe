import { TrustError } from '../errors/index.js';

export type RenditionErrorCode = 'BINDING_MALFORMED' | 'JOURNAL_PROOF_MALFORMED';

/** What is bound into the signed data cannot be read. */
export class RenditionError extends TrustError<RenditionErrorCode> {}
