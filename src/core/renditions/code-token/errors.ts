import { TrustError } from '../../errors/index.js';

export type CodeTokenErrorCode = 'CODE_TOKEN_MALFORMED' | 'CODE_TOKEN_SUITE' | 'CODE_TOKEN_FIELD';

export class CodeTokenError extends TrustError<CodeTokenErrorCode> {}

export function malformedToken(cause?: unknown): CodeTokenError {
  return new CodeTokenError(
    'CODE_TOKEN_MALFORMED',
    { en: 'not a licence code token', zh: '不是证照码令牌' },
    { cause },
  );
}
