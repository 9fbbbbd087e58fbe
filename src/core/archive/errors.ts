import { TrustError } from '../errors/index.js';

export type ArchiveErrorCode = 'ARCHIVE_ITEM_MALFORMED';

export class ArchiveError extends TrustError<ArchiveErrorCode> {}
