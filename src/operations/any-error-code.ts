import type { ArchiveErrorCode } from '../core/archive/index.js';
import type { CryptoErrorCode } from '../core/crypto/index.js';
import type { EncodingErrorCode } from '../core/encoding/index.js';
import type { JournalErrorCode } from '../core/journal/index.js';
import type { LicenceErrorCode } from '../core/licence/index.js';
import type { PkiErrorCode } from '../core/pki/index.js';
import type {
  CodeTokenErrorCode,
  LayoutErrorCode,
  PdfErrorCode,
  PdfSealErrorCode,
  RenditionErrorCode,
  SdJwtErrorCode,
} from '../core/renditions/index.js';
import type { SealErrorCode } from '../core/seal/index.js';
import type { VerificationErrorCode } from '../core/verification/index.js';
import type { PortErrorCode } from '../ports/index.js';
import type { OperationErrorCode } from './errors.js';
import type { JournalStateErrorCode } from './journal/index.js';

/** Every code that an operation can fail with. */
export type AnyErrorCode =
  | ArchiveErrorCode
  | CodeTokenErrorCode
  | CryptoErrorCode
  | EncodingErrorCode
  | JournalErrorCode
  | JournalStateErrorCode
  | LayoutErrorCode
  | LicenceErrorCode
  | OperationErrorCode
  | PdfErrorCode
  | PdfSealErrorCode
  | PkiErrorCode
  | PortErrorCode
  | RenditionErrorCode
  | SdJwtErrorCode
  | SealErrorCode
  | VerificationErrorCode;
