/**
 * Bytes that may change although the file stays accepted: `{ where, reason }`, `where` as in changes.mjs. Empty: the reader
 * allows every byte outside the covered ranges one value only.
 */
export const EXCEPTIONS = [];
