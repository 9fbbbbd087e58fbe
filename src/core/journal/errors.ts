import { TrustError } from '../errors/index.js';

export type JournalErrorCode =
  | 'PROOF_MALFORMED'
  | 'PROOF_MISMATCH'
  | 'NOTE_MALFORMED'
  | 'CHECKPOINT_MALFORMED'
  | 'CHECKPOINT_ORIGIN'
  | 'CHECKPOINT_SIGNATURE'
  | 'LOG_KEY_UNSUPPORTED'
  | 'TILE_MALFORMED'
  | 'TREE_RANGE';

export class JournalError extends TrustError<JournalErrorCode> {}
