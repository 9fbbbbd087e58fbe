import { TrustError } from '../../core/errors/index.js';
import type { PortErrorCode } from '../../ports/errors.js';

export class TrustDirectoryError extends TrustError<PortErrorCode> {}

/** Nothing of a trust directory is believed while one file of it cannot be read: a silent gap would change verdicts. */
export function trustMalformed(file: string, cause?: unknown): TrustDirectoryError {
  return new TrustDirectoryError(
    'TRUST_MALFORMED',
    {
      en: `file ${file} of the trust directory is missing or malformed`,
      zh: `信任目录中的文件 ${file} 缺失或格式错误`,
    },
    { cause, details: { file } },
  );
}
