import { TrustError } from '../../../errors/index.js';

export type PdfSealErrorCode =
  /** The signature value does not fit; `details.neededBytes` says how much room it takes. */
  | 'CONTENTS_TOO_SMALL'
  /** The offsets do not describe the bytes: a fault of the caller, not of a file. */
  | 'UNSEALED_PDF_INVALID';

export class PdfSealError extends TrustError<PdfSealErrorCode> {}
