import { TrustError } from '../../errors/index.js';
import type { Words } from '../../errors/index.js';

export type SdJwtErrorCode =
  | 'SD_JWT_TOO_LARGE'
  | 'SD_JWT_NOT_COMPACT'
  | 'SD_JWT_HEADER_MALFORMED'
  | 'SD_JWT_CRITICAL_HEADER'
  | 'SD_JWT_ALGORITHM_REFUSED'
  | 'SD_JWT_PAYLOAD_MALFORMED'
  | 'SD_JWT_HASH_UNKNOWN'
  | 'SD_JWT_DISCLOSURE_MALFORMED'
  | 'SD_JWT_DISCLOSURE_UNUSED'
  | 'SD_JWT_DIGEST_REPEATED'
  | 'SD_JWT_CLAIM_REPEATED'
  | 'SD_JWT_KEY_BINDING'
  | 'SD_JWT_SIGNATURE_MALFORMED';

export class SdJwtError extends TrustError<SdJwtErrorCode> {}

const WORDS: Readonly<Record<SdJwtErrorCode, Words>> = {
  SD_JWT_TOO_LARGE: { en: 'the SD-JWT is larger than allowed', zh: 'SD-JWT 超过允许的大小' },
  SD_JWT_NOT_COMPACT: { en: 'not an SD-JWT in compact form', zh: '不是紧凑格式的 SD-JWT' },
  SD_JWT_HEADER_MALFORMED: { en: 'the JWS header is malformed', zh: 'JWS 头部格式错误' },
  SD_JWT_CRITICAL_HEADER: {
    en: 'the JWS header asks for an extension that is not known here',
    zh: 'JWS 头部要求未知的扩展',
  },
  SD_JWT_ALGORITHM_REFUSED: { en: 'the JWS algorithm is not accepted', zh: '不接受该 JWS 算法' },
  SD_JWT_PAYLOAD_MALFORMED: { en: 'the SD-JWT payload is malformed', zh: 'SD-JWT 载荷格式错误' },
  SD_JWT_HASH_UNKNOWN: { en: 'the hash of the disclosures is not known', zh: '披露项使用了未知的散列算法' },
  SD_JWT_DISCLOSURE_MALFORMED: { en: 'a disclosure is malformed', zh: '披露项格式错误' },
  SD_JWT_DISCLOSURE_UNUSED: {
    en: 'a disclosure belongs to no digest of the signed data',
    zh: '披露项与签名数据中的摘要不符',
  },
  SD_JWT_DIGEST_REPEATED: { en: 'a disclosure digest occurs twice', zh: '披露摘要重复出现' },
  SD_JWT_CLAIM_REPEATED: { en: 'a disclosure names a claim that is already there', zh: '披露项与已有声明重名' },
  SD_JWT_KEY_BINDING: { en: 'a key binding token is not accepted here', zh: '此处不接受密钥绑定令牌' },
  SD_JWT_SIGNATURE_MALFORMED: { en: 'the signature value has the wrong form', zh: '签名值格式错误' },
};

export function sdJwtError(code: SdJwtErrorCode, cause?: unknown): SdJwtError {
  return new SdJwtError(code, WORDS[code], { cause });
}
