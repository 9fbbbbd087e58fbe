import { TrustError } from '../../core/errors/index.js';
import type { Words } from '../../core/errors/index.js';

/** What HTTP itself refuses, before an operation hears of it. */
export type HttpErrorCode =
  | 'ROUTE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_INVALID'
  | 'REQUEST_ABORTED'
  | 'BODY_MISSING'
  | 'BODY_NOT_EXPECTED'
  | 'BODY_TOO_LARGE'
  | 'FORM_MALFORMED'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'IF_MATCH_REQUIRED'
  | 'LICENCE_TYPE_NOT_FOUND'
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'DPOP_INVALID'
  | 'SCOPE_MISSING'
  | 'CLIENT_REFUSED'
  | 'TOKEN_DPOP_INVALID'
  | 'TOKEN_SCOPE_INVALID'
  | 'RATE_LIMITED'
  | 'CALLERS_TOO_MANY'
  | 'ANSWER_NOT_IN_CONTRACT'
  | 'INTERNAL';

export class HttpError extends TrustError<HttpErrorCode> {}

const WORDS = {
  ROUTE_NOT_FOUND: { en: 'there is nothing at this address', zh: '该地址不存在' },
  METHOD_NOT_ALLOWED: { en: 'this address does not know this method', zh: '该地址不支持此请求方法' },
  REQUEST_INVALID: { en: 'the request does not fit the contract', zh: '请求不符合接口约定' },
  REQUEST_ABORTED: { en: 'the request ended before it was whole', zh: '请求未发送完整即已中断' },
  BODY_MISSING: { en: 'this operation needs a body', zh: '该操作需要请求体' },
  BODY_NOT_EXPECTED: { en: 'this operation has no body', zh: '该操作不接受请求体' },
  BODY_TOO_LARGE: { en: 'the body is larger than allowed', zh: '请求体超过允许的大小' },
  FORM_MALFORMED: { en: 'the form cannot be read', zh: '表单无法解析' },
  MEDIA_TYPE_UNSUPPORTED: { en: 'this content type or encoding is not accepted here', zh: '不接受此内容类型或编码' },
  IF_MATCH_REQUIRED: {
    en: 'a change needs If-Match with the ETag of the licence',
    zh: '变更须以 If-Match 注明证照的 ETag',
  },
  LICENCE_TYPE_NOT_FOUND: { en: 'there is no such licence type', zh: '没有该证照类型' },
  TOKEN_MISSING: { en: 'an access token is needed, sent with the DPoP scheme', zh: '需要以 DPoP 方式提交访问令牌' },
  // One sentence for every reason: which of them it was helps only a forger.
  TOKEN_INVALID: { en: 'the access token is not valid here', zh: '访问令牌无效' },
  DPOP_INVALID: { en: 'the DPoP proof is not valid', zh: 'DPoP 证明无效' },
  SCOPE_MISSING: { en: 'the token does not allow this', zh: '令牌权限不足' },
  CLIENT_REFUSED: { en: 'the client could not be authenticated', zh: '客户端身份验证未通过' },
  TOKEN_DPOP_INVALID: { en: 'the DPoP proof is not valid', zh: 'DPoP 证明无效' },
  TOKEN_SCOPE_INVALID: { en: 'the client may not ask for this scope', zh: '客户端不能申请该权限' },
  RATE_LIMITED: { en: 'too many requests; try again later', zh: '请求过于频繁，请稍后再试' },
  CALLERS_TOO_MANY: { en: 'the service is busy; try again later', zh: '服务繁忙，请稍后再试' },
  ANSWER_NOT_IN_CONTRACT: { en: 'the answer does not fit the contract', zh: '应答不符合接口约定' },
  INTERNAL: { en: 'the service failed', zh: '服务内部错误' },
} as const satisfies Readonly<Record<HttpErrorCode, Words>>;

/** One wrong field of a request. `field` is a JSON pointer into the body, or the name of a parameter. */
export interface WrongField {
  readonly field: string;
  readonly code: string;
  readonly words: Words;
}

export const httpError = (code: HttpErrorCode, cause?: unknown): HttpError =>
  new HttpError(code, WORDS[code], { cause });

/** With the reason behind the sentence, for codes where the caller can mend it. */
export const httpErrorBecause = (code: HttpErrorCode, why: Words, cause?: unknown): HttpError =>
  new HttpError(code, { en: `${WORDS[code].en}: ${why.en}`, zh: `${WORDS[code].zh}：${why.zh}` }, { cause });

export const requestInvalid = (fields: readonly WrongField[]): HttpError =>
  new HttpError('REQUEST_INVALID', WORDS.REQUEST_INVALID, {
    details: { errors: fields.map(({ field, code, words }) => ({ field, code, en: words.en, zh: words.zh })) },
  });
