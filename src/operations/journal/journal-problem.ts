import type { Words } from '../../core/errors/index.js';

/** What `checkJournal` can find, by name. */
export const JOURNAL_PROBLEMS = {
  HEAD_MISSING: { en: 'there are leaves but no journal head', zh: '有日志条目而无日志头' },
  CHECKPOINT_NOT_BELIEVED: {
    en: 'the checkpoint is not what the keys of the journal signed',
    zh: '检查点未经日志密钥签名',
  },
  CHECKPOINT_DIFFERS: { en: 'the checkpoint is of another head', zh: '检查点与日志头不一致' },
  FRONTIER_DIFFERS: { en: 'the frontier is not that of the leaves', zh: '前沿节点与条目不一致' },
  ROOT_DIFFERS: { en: 'the root is not that of the leaves', zh: '根哈希与条目不一致' },
  LEAF_MISSING: { en: 'a leaf is missing', zh: '缺少条目' },
  LEAF_BEYOND_HEAD: { en: 'a leaf lies behind the end of the journal', zh: '条目超出日志末尾' },
  LEAF_DAMAGED: { en: 'a leaf is not the blinded digest of its content', zh: '条目与其内容摘要不一致' },
  LEAF_DIFFERS_FROM_BATCH: { en: 'a leaf is not the one that the head recorded', zh: '条目与日志头的记录不一致' },
  ENTRY_REPEATED: { en: 'an entry has two leaves', zh: '同一事项有两个条目' },
  TILE_MISSING: { en: 'a tile is missing', zh: '缺少瓦片' },
  TILE_DIFFERS: { en: 'a tile is not that of the leaves', zh: '瓦片与条目不一致' },
  TILE_UNEXPECTED: { en: 'there is a tile that the journal does not have', zh: '存在多余的瓦片' },
  INTENT_LEAF_MISSING: { en: 'a signature has no leaf', zh: '签名没有对应的日志条目' },
  INTENT_LEAF_DIFFERS: { en: 'the leaf of an intent is about something else', zh: '签名意向与其日志条目不一致' },
  INTENT_RECORD_MISSING: { en: 'a leaf is about an intent that is not stored', zh: '日志条目所指签名意向不存在' },
  EVENT_LEAF_MISSING: { en: 'a licence event has no leaf', zh: '证照事件没有对应的日志条目' },
  EVENT_LEAF_DIFFERS: { en: 'the leaf of a licence event is about something else', zh: '证照事件与其日志条目不一致' },
  EVENT_RECORD_MISSING: { en: 'a leaf is about a licence event that is not stored', zh: '日志条目所指证照事件不存在' },
  RENDITION_WITHOUT_INTENT: { en: 'a stored rendition has no signed intent', zh: '已存证照文件没有已签名的意向' },
} as const satisfies Readonly<Record<string, Words>>;

export type JournalProblemCode = keyof typeof JOURNAL_PROBLEMS;

export interface JournalProblem {
  readonly code: JournalProblemCode;
  /** Id of the leaf, tile, intent, event or licence that it is about; empty for the journal as a whole. */
  readonly subject: string;
  readonly words: Words;
}

export const problem = (code: JournalProblemCode, subject = ''): JournalProblem => ({
  code,
  subject,
  words: JOURNAL_PROBLEMS[code],
});
