import type { Words } from '../../core/errors/index.js';
import type { AnyErrorCode } from '../../operations/index.js';
import type { HttpErrorCode } from './errors.js';

export interface ProblemRow {
  /** Whose fault: the request's, the moment's, or ours (a partner's too). */
  readonly kind: 'input' | 'state' | 'system';
  readonly status: number;
  readonly title: Words;
  /** Member `error` at the token endpoint (RFC 6749 5.2, RFC 9449 5), where it is not `invalid_request`. */
  readonly oauth?: string;
}

const row = (kind: ProblemRow['kind'], status: number, en: string, zh: string, oauth?: string): ProblemRow => ({
  kind,
  status,
  title: { en, zh },
  oauth,
});

/** Foreseen inside, but no request should ever lead there: reaching HTTP is a fault of ours. */
const OURS = row('system', 500, 'The service failed', '服务内部错误');
const AWAY = row('system', 503, 'A part of the service is not available', '服务的某一部分暂不可用');

/** Every code and its HTTP status. A code without a row does not compile. */
export const PROBLEMS = {
  ROUTE_NOT_FOUND: row('input', 404, 'Not found', '未找到'),
  METHOD_NOT_ALLOWED: row('input', 405, 'Method not allowed', '不支持的请求方法'),
  REQUEST_INVALID: row('input', 400, 'The request does not fit the contract', '请求不符合接口约定'),
  REQUEST_ABORTED: row('input', 400, 'The request was aborted', '请求中断'),
  BODY_MISSING: row('input', 400, 'A body is needed', '缺少请求体'),
  BODY_NOT_EXPECTED: row('input', 400, 'No body is expected', '不接受请求体'),
  BODY_TOO_LARGE: row('input', 413, 'The body is too large', '请求体过大'),
  FORM_MALFORMED: row('input', 400, 'The form cannot be read', '表单无法解析'),
  MEDIA_TYPE_UNSUPPORTED: row('input', 415, 'Content type not accepted', '不支持的内容类型'),
  IF_MATCH_REQUIRED: row('input', 428, 'If-Match is needed', '缺少 If-Match'),
  LICENCE_TYPE_NOT_FOUND: row('input', 404, 'No such licence type', '没有该证照类型'),
  TOKEN_MISSING: row('input', 401, 'An access token is needed', '需要访问令牌'),
  TOKEN_INVALID: row('input', 401, 'Access token not valid', '访问令牌无效'),
  DPOP_INVALID: row('input', 401, 'DPoP proof not valid', 'DPoP 证明无效'),
  SCOPE_MISSING: row('input', 403, 'Not allowed by the token', '令牌权限不足'),
  CLIENT_REFUSED: row('input', 401, 'Client not authenticated', '客户端身份验证未通过', 'invalid_client'),
  TOKEN_DPOP_INVALID: row('input', 400, 'DPoP proof not valid', 'DPoP 证明无效', 'invalid_dpop_proof'),
  TOKEN_SCOPE_INVALID: row('input', 400, 'Scope not allowed', '不能申请该权限', 'invalid_scope'),
  RATE_LIMITED: row('state', 429, 'Too many requests', '请求过于频繁', 'temporarily_unavailable'),
  CALLERS_TOO_MANY: row('state', 503, 'The service is busy', '服务繁忙', 'temporarily_unavailable'),
  ANSWER_NOT_IN_CONTRACT: OURS,
  INTERNAL: OURS,

  LICENCE_NOT_FOUND: row('input', 404, 'No such licence', '没有该证照'),
  LICENCE_TYPE_UNKNOWN: row('input', 422, 'Unknown licence type', '未知的证照类型'),
  LICENCE_ITEMS_INVALID: row('input', 422, 'The face items are not right', '照面项不符合要求'),
  LICENCE_NUMBER_TAKEN: row('state', 409, 'The number is taken', '编号已被使用'),
  LICENCE_CHANGED_MEANWHILE: row('state', 412, 'The licence has changed', '证照已发生变化'),
  LICENCE_STATE_FORBIDS: row('state', 409, 'The state of the licence forbids this', '证照状态不允许'),
  DEPARTMENT_FORBIDDEN: row('input', 403, 'Not for this department', '不属于本单位'),
  IDEMPOTENCY_KEY_REUSED: row('input', 422, 'The idempotency key was used before', '幂等键已被使用'),
  SUITE_NOT_OFFERED: row('input', 422, 'Not issued in this cryptography', '不以该密码算法签发'),
  SEAL_NOT_FOUND: row('state', 409, 'The department has no seal for this', '单位没有相应的印章'),
  SEAL_NOT_USABLE: row('state', 409, 'The seal may not be used', '印章不可使用'),
  OUTPUT_NOT_ACCEPTED: OURS,
  RENDITION_NOT_FOUND: row('input', 404, 'No such file', '没有该文件'),
  ARCHIVE_ITEM_NOT_FOUND: row('input', 404, 'No such archive item', '没有该归档件'),
  CLIENT_UNKNOWN: row('input', 404, 'No such client', '没有该客户端'),
  CLIENT_EXISTS: row('state', 409, 'The client exists', '客户端已存在'),
  CLIENT_INVALID: row('input', 422, 'The client is not right', '客户端信息不符合要求'),
  PURPOSE_REQUIRED: row('input', 400, 'A purpose is needed', '须说明用途'),
  UPLOAD_TOO_LARGE: row('input', 413, 'The file is too large', '文件过大'),

  LICENCE_EVENT_INCOMPLETE: row('input', 422, 'The change is incomplete', '变更信息不完整'),
  LICENCE_IDENTIFIER_MALFORMED: row('input', 400, 'Not a licence identifier', '不是证照标识'),
  LICENCE_NUMBER_RULE_MALFORMED: OURS,
  LICENCE_OPERATION_UNKNOWN: row(
    'state',
    409,
    'This type of licence does not know this change',
    '该类型证照没有此项操作',
  ),
  LICENCE_SALTS_INVALID: OURS,
  LICENCE_TIME_FORBIDS: row('state', 409, 'The time of the change is not possible', '变更时间不允许'),

  SEAL_CANCELLED: row('state', 409, 'The seal is cancelled', '印章已注销'),
  SEAL_KEY_MISSING: row('state', 409, 'The seal has no key for this', '印章没有相应的密钥'),
  SEAL_NOT_IN_USE_YET: row('state', 409, 'The seal is not in use yet', '印章尚未启用'),
  SEAL_SUSPENDED: row('state', 409, 'The seal is suspended', '印章已停用'),

  // What a caller's data cannot be drawn as.
  GLYPH_MISSING: row('input', 422, 'A character cannot be drawn', '存在无法显示的字符'),
  LAYOUT_OVERFLOW: row('input', 422, 'A value does not fit its place', '内容超出版面'),
  PICTURE_UNSUPPORTED: row('input', 422, 'The picture cannot be used', '图片无法使用'),
  CODE_TOO_LONG: OURS,
  FONT_MALFORMED: OURS,
  FONT_UNKNOWN: OURS,
  TEMPLATE_MALFORMED: OURS,

  POLICY_UNKNOWN: row('input', 400, 'Unknown policy', '未知的验证策略'),
  EVIDENCE_MALFORMED: OURS,

  JSON_MALFORMED: row('input', 400, 'Not valid JSON', '不是有效的 JSON'),
  UTF8_MALFORMED: row('input', 400, 'Not valid UTF-8', '不是有效的 UTF-8 文本'),
  JSON_NOT_CANONICALISABLE: row('input', 400, 'JSON that has no one form', '无法规范化的 JSON'),
  BASE64_MALFORMED: OURS,
  HEX_MALFORMED: OURS,
  DER_MALFORMED: OURS,
  OID_MALFORMED: OURS,

  TREE_RANGE: row('input', 404, 'Outside the journal', '超出日志范围'),
  TILE_MALFORMED: row('input', 400, 'Not a tile', '不是瓦片'),
  JOURNAL_ENTRY_NOT_FOUND: row('input', 404, 'Not in the journal', '日志中没有该条目'),
  JOURNAL_BUSY: AWAY,
  JOURNAL_STATE_UNKNOWN: AWAY,
  JOURNAL_DAMAGED: OURS,
  JOURNAL_ENTRY_DIFFERS: OURS,
  JOURNAL_KEYS_MISSING: OURS,
  PROOF_MALFORMED: OURS,
  PROOF_MISMATCH: OURS,
  NOTE_MALFORMED: OURS,
  CHECKPOINT_MALFORMED: OURS,
  CHECKPOINT_ORIGIN: OURS,
  CHECKPOINT_SIGNATURE: OURS,
  LOG_KEY_UNSUPPORTED: OURS,

  STORE_CONFLICT: row('state', 409, 'Changed by someone else at the same time', '同时被他人修改'),
  STORE_UNAVAILABLE: AWAY,
  STORE_CORRUPT: OURS,
  STORE_TOO_NEW: OURS,
  STORE_IN_USE: OURS,
  ARCHIVE_CORRUPT: OURS,
  ARCHIVE_EXISTS: OURS,
  ARCHIVE_ITEM_MALFORMED: OURS,
  KEEPER_UNAVAILABLE: AWAY,
  KEY_NOT_FOUND: OURS,
  KEY_REFUSED: OURS,
  KEYSTORE_LOCKED: OURS,
  KEYSTORE_MALFORMED: OURS,
  TRUST_MALFORMED: OURS,

  SUITE_UNKNOWN: OURS,
  KEY_UNSUPPORTED: OURS,
  SIGNATURE_MALFORMED: OURS,
  CONTEXT_NOT_ALLOWED: OURS,
  CERTIFICATE_MALFORMED: OURS,
  CRL_MALFORMED: OURS,
  CMS_MALFORMED: OURS,
  BINDING_MALFORMED: OURS,
  JOURNAL_PROOF_MALFORMED: OURS,
  PDF_NOT_A_PDF: OURS,
  PDF_LIMIT_EXCEEDED: OURS,
  PDF_MALFORMED: OURS,
  CONTENTS_TOO_SMALL: OURS,
  UNSEALED_PDF_INVALID: OURS,
  CODE_TOKEN_MALFORMED: OURS,
  CODE_TOKEN_SUITE: OURS,
  CODE_TOKEN_FIELD: OURS,
  SD_JWT_TOO_LARGE: OURS,
  SD_JWT_NOT_COMPACT: OURS,
  SD_JWT_HEADER_MALFORMED: OURS,
  SD_JWT_CRITICAL_HEADER: OURS,
  SD_JWT_ALGORITHM_REFUSED: OURS,
  SD_JWT_PAYLOAD_MALFORMED: OURS,
  SD_JWT_HASH_UNKNOWN: OURS,
  SD_JWT_DISCLOSURE_MALFORMED: OURS,
  SD_JWT_DISCLOSURE_UNUSED: OURS,
  SD_JWT_DIGEST_REPEATED: OURS,
  SD_JWT_CLAIM_REPEATED: OURS,
  SD_JWT_KEY_BINDING: OURS,
  SD_JWT_SIGNATURE_MALFORMED: OURS,
} as const satisfies Readonly<Record<AnyErrorCode | HttpErrorCode, ProblemRow>>;
