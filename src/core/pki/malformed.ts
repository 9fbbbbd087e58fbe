import { TrustError, type Words } from '../errors/index.js';
import { PkiError, type PkiErrorCode } from './errors.js';

const WORDS: Readonly<Record<PkiErrorCode, Words>> = {
  CERTIFICATE_MALFORMED: { en: 'malformed certificate', zh: '证书格式错误' },
  CRL_MALFORMED: { en: 'malformed certificate revocation list', zh: '证书撤销列表格式错误' },
  CMS_MALFORMED: { en: 'malformed CMS signature', zh: 'CMS 签名数据格式错误' },
};

export function malformed(code: PkiErrorCode, why: string, cause?: unknown): PkiError {
  const { en, zh } = WORDS[code];
  return new PkiError(code, { en: `${en}: ${why}`, zh }, { details: { why }, cause });
}

/** Runs a reader; what the encoding refuses below it is said with the name of the structure. */
export function reading<T>(code: PkiErrorCode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TrustError && !(error instanceof PkiError)) throw malformed(code, error.words.en, error);
    throw error;
  }
}
