import { TrustError } from '../../core/errors/index.js';
import type { Words } from '../../core/errors/index.js';
import type { PortErrorCode } from '../../ports/errors.js';

export class KeyError extends TrustError<PortErrorCode> {}

/** A file of the keystore that is not what was written there. Names the file, never its contents. */
export function keystoreMalformed(file: string, cause?: unknown): KeyError {
  return new KeyError(
    'KEYSTORE_MALFORMED',
    { en: `keystore file ${file} is damaged or was changed`, zh: `密钥库文件 ${file} 已损坏或被改动` },
    { cause, details: { file } },
  );
}

export function keyNotFound(keyId: string): KeyError {
  return new KeyError('KEY_NOT_FOUND', { en: `no key ${keyId}`, zh: `没有密钥 ${keyId}` }, { details: { keyId } });
}

/** The keeper's "no": the request breaks a rule. `words` say which one. */
export function keyRefused(keyId: string, words: Words, cause?: unknown): KeyError {
  return new KeyError(
    'KEY_REFUSED',
    { en: `key ${keyId} does not sign this: ${words.en}`, zh: `密钥 ${keyId} 拒绝签名：${words.zh}` },
    { cause, details: { keyId } },
  );
}
