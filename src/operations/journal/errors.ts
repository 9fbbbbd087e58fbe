import { TrustError } from '../../core/errors/index.js';
import type { Json, Words } from '../../core/errors/index.js';

export type JournalStateErrorCode =
  /** Fatal: whether the newest batch was sequenced is not known. Nothing more is sequenced until the journal is opened anew. */
  | 'JOURNAL_STATE_UNKNOWN'
  /** The store holds something else than the head says. */
  | 'JOURNAL_DAMAGED'
  | 'JOURNAL_ENTRY_DIFFERS'
  | 'JOURNAL_ENTRY_NOT_FOUND'
  | 'JOURNAL_KEYS_MISSING'
  /** Other processes won every attempt: try again. */
  | 'JOURNAL_BUSY';

export class JournalStateError extends TrustError<JournalStateErrorCode> {}

const WORDS: Readonly<Record<JournalStateErrorCode, Words>> = {
  JOURNAL_STATE_UNKNOWN: {
    en: 'the state of the journal is not known; it must be opened anew',
    zh: '日志状态未知，需重新打开',
  },
  JOURNAL_DAMAGED: { en: 'the stored journal does not agree with its head', zh: '存储的日志与日志头不一致' },
  JOURNAL_ENTRY_DIFFERS: { en: 'the journal has this entry with other content', zh: '日志中该条目的内容不同' },
  JOURNAL_ENTRY_NOT_FOUND: { en: 'the journal does not have this entry', zh: '日志中没有该条目' },
  JOURNAL_KEYS_MISSING: {
    en: 'the keeper must have one Ed25519 and one SM2 key for the journal',
    zh: '密钥管理器须有日志用的 Ed25519 与 SM2 密钥各一',
  },
  JOURNAL_BUSY: { en: 'the journal is busy; try again', zh: '日志繁忙，请重试' },
};

export function journalStateError(code: JournalStateErrorCode, details?: Json, cause?: unknown): JournalStateError {
  return new JournalStateError(code, WORDS[code], { details, cause });
}
