export { CodeTokenError } from './errors.js';
export type { CodeTokenErrorCode } from './errors.js';
export { checkCodeToken } from './check-code-token.js';
export type { CodeTokenCheck, CodeTokenKey } from './check-code-token.js';
export { codeTokenKeyId, prepareCodeToken, readCodeToken, sealCodeToken } from './code-token.js';
export type { CodeToken, PreparedCodeToken, ReadCodeToken } from './code-token.js';
