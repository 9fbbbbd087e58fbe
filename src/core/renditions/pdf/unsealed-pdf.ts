/**
 * A complete PDF file whose signature value is still missing. `/ByteRange` already covers all bytes but the value,
 * so the file can be hashed as it is. Written by `pdf/write`, filled by `pdf/seal`. Offsets are in bytes of `bytes`.
 */
export interface UnsealedPdf {
  readonly bytes: Uint8Array;
  /** Of the `<` that opens the hexadecimal string of `/Contents`; the string holds `contentsLength` zeros. */
  readonly contentsOffset: number;
  /** Hexadecimal digits between `<` and `>`: twice the bytes reserved for the CMS. */
  readonly contentsLength: number;
  /** Of the `[` of `/ByteRange`: `[0 a b c]` with a = contentsOffset, b = contentsOffset + contentsLength + 2. */
  readonly byteRangeOffset: number;
}
