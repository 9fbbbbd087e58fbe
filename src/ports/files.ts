/**
 * Immutable files by content digest.
 *
 * Contract: when `put` resolves, the bytes and every directory entry that names them survive `kill -9` and power loss;
 * a file under its digest is whole or absent, never partial. Putting the same bytes again is not an error.
 */
export interface Files {
  /** Answers the SHA-256, lower-case hex. */
  put(bytes: Uint8Array): Promise<string>;
  /** Undefined when absent. Throws STORE_CORRUPT when the bytes do not hash to their name. */
  get(sha256: string): Promise<Uint8Array | undefined>;
  /** All names, for checks. */
  list(): AsyncIterable<string>;
}
