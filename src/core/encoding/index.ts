export { EncodingError } from './errors.js';
export type { EncodingErrorCode } from './errors.js';
export { fromBase64, fromBase64url, toBase64, toBase64url } from './base64url.js';
export { compareBytes, concat, equalBytes, fromHex, fromLatin1, fromUtf8, latin1, toHex, utf8 } from './bytes.js';
export { canonicalJson, canonicalText, parseJson } from './canonical-json.js';
export { instantMs } from './instant.js';
export { oidFromBytes, oidToBytes } from './oid.js';
export type { Oid } from './oid.js';
export * from './der.js';
