import { TrustError } from '../errors/index.js';

export type VerificationErrorCode = 'EVIDENCE_MALFORMED' | 'POLICY_UNKNOWN';

/** Mistakes of the caller. Nothing that a file holds ends here: that is a report. */
export class VerificationError extends TrustError<VerificationErrorCode> {}
