import type { Words } from '../../../errors/index.js';

/**
 * Everything about the form of a PDF that two readers could take differently, or that no honest writer makes.
 * One table: code and sentence. What follows from a problem is the policy's word, not the reader's.
 */
const PROBLEMS = {
  HEADER_MISPLACED: { en: 'the file does not begin with %PDF-', zh: '文件不是以 %PDF- 开头' },
  STARTXREF_INVALID: { en: 'startxref does not point to a cross-reference section', zh: 'startxref 未指向交叉引用表' },
  TRAILING_BYTES: { en: 'bytes stand after the last %%EOF', zh: '最后一个 %%EOF 之后还有数据' },
  EOF_MISSING: { en: 'a revision does not end with startxref and %%EOF', zh: '某次修订缺少 startxref 或 %%EOF 结尾' },
  XREF_BROKEN: { en: 'a cross-reference section cannot be read', zh: '交叉引用表无法读取' },
  XREF_ENTRY_WRONG: { en: 'a cross-reference entry does not point to its object', zh: '交叉引用表项未指向对应的对象' },
  XREF_NUMBER_TWICE: { en: 'one section lists an object number twice', zh: '同一交叉引用表中对象号重复' },
  XREF_HYBRID: {
    en: 'hybrid file: readers old and new would see different objects',
    zh: '混合交叉引用文件：新旧阅读器看到的对象可能不同',
  },
  PREV_LOOP: { en: 'the chain of cross-reference sections runs in a circle', zh: '交叉引用表链成环' },
  PREV_DISORDER: { en: 'a cross-reference section points forward to a later one', zh: '交叉引用表指向了其后的表' },
  REVISION_BROKEN: {
    en: 'data added after a revision is not a readable revision',
    zh: '修订之后追加的数据不是可读的修订',
  },
  BYTES_BETWEEN_OBJECTS: { en: 'bytes that belong to no listed object', zh: '存在不属于任何已列对象的数据' },
  OBJECT_OVERLAP: { en: 'two objects share bytes', zh: '两个对象的数据重叠' },
  OBJECT_TWICE: { en: 'one revision holds an object number twice', zh: '同一修订中对象号出现两次' },
  OBJECT_BROKEN: { en: 'an object cannot be read', zh: '对象无法读取' },
  KEY_TWICE: { en: 'a dictionary names a key twice', zh: '字典中键重复' },
  STREAM_LENGTH_WRONG: { en: 'a stream is not as long as it says', zh: '流的长度与声明不符' },
  STREAM_UNREADABLE: { en: 'a stream that had to be read cannot be decoded', zh: '必须读取的流无法解码' },
  ROOT_MISSING: { en: 'the file has no catalogue', zh: '文件没有目录对象' },
  ROOT_CHANGED: { en: 'a later trailer names another catalogue', zh: '后续修订更换了目录对象' },
  ENCRYPTED: { en: 'the file is encrypted', zh: '文件已加密' },
  PAGES_BROKEN: { en: 'the page tree cannot be read', zh: '页面树无法读取' },
  CONTENT_BROKEN: { en: 'the content of a page cannot be read to its end', zh: '页面内容无法完整读取' },
  BYTE_RANGE_MISSING: { en: 'the signature has no /ByteRange', zh: '签名缺少 /ByteRange' },
  BYTE_RANGE_MALFORMED: {
    en: '/ByteRange is not four plain non-negative integers',
    zh: '/ByteRange 不是四个规范的非负整数',
  },
  BYTE_RANGE_START: { en: '/ByteRange does not start at the first byte', zh: '/ByteRange 未从文件首字节开始' },
  BYTE_RANGE_GAP: {
    en: 'the gap in /ByteRange is not exactly the /Contents string',
    zh: '/ByteRange 的空隙与 /Contents 不完全一致',
  },
  BYTE_RANGE_END: { en: '/ByteRange does not end where its revision ends', zh: '/ByteRange 未止于所属修订的结尾' },
  CONTENTS_MISSING: { en: 'the signature has no /Contents', zh: '签名缺少 /Contents' },
  CONTENTS_EMPTY: { en: '/Contents holds no signature value', zh: '/Contents 中没有签名值' },
  CONTENTS_NOT_HEX: { en: '/Contents is not one plain hexadecimal string', zh: '/Contents 不是规范的十六进制字符串' },
  CONTENTS_ODD: { en: '/Contents has an odd number of digits', zh: '/Contents 的十六进制位数为奇数' },
  CONTENTS_MIXED_CASE: {
    en: '/Contents mixes upper-case and lower-case digits',
    zh: '/Contents 混用大小写十六进制数字',
  },
  CONTENTS_INDIRECT: { en: '/Contents or /ByteRange is an indirect object', zh: '/Contents 或 /ByteRange 为间接对象' },
  CONTENTS_TRAILING_DATA: {
    en: '/Contents holds data behind the signature value',
    zh: '/Contents 的签名值之后还有数据',
  },
  SIGNATURE_IN_OBJECT_STREAM: { en: 'the signature dictionary is inside an object stream', zh: '签名字典位于对象流内' },
  SIGNATURE_WITHOUT_FIELD: { en: 'a signature dictionary belongs to no field', zh: '签名字典不属于任何签名域' },
  SIGNATURE_SHARED: { en: 'two fields show the same signature dictionary', zh: '两个签名域共用同一签名字典' },
  SIGNATURE_REMOVED: { en: 'a later revision removed or replaced the signature', zh: '后续修订移除或替换了该签名' },
  SIGNATURES_IN_ONE_REVISION: { en: 'two signatures claim the same revision', zh: '两个签名属于同一修订' },
  SIGNATURE_FIELD_EMPTY: { en: 'a signature field has a value that is not a signature', zh: '签名域的值不是签名' },
  DOCMDP_MISPLACED: {
    en: 'the certification and the document permissions do not agree',
    zh: '认证签名与文档权限设置不一致',
  },
} as const satisfies Record<string, Words>;

export type PdfProblemCode = keyof typeof PROBLEMS;

export interface StructureProblem {
  readonly code: PdfProblemCode;
  /** Byte of the file near which it was seen. */
  readonly offset: number;
  readonly words: Words;
  /** Object number, key or filter concerned, when there is one. */
  readonly about?: string;
}

export function problem(code: PdfProblemCode, offset: number, about?: string): StructureProblem {
  return { code, offset, words: PROBLEMS[code], ...(about === undefined ? {} : { about }) };
}
