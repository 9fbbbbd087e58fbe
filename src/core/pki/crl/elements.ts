import { malformed } from '../malformed.js';

/**
 * Walks the elements of a SEQUENCE one by one, as byte ranges: a list of a million revoked certificates must not become
 * a tree of a million nodes. Short tags and definite minimal lengths only; what is inside is the caller's to read.
 */
export function* elementsOf(contents: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < contents.length;) {
    const end = headOf(contents, at).end;
    yield contents.subarray(at, end);
    at = end;
  }
}

/** Contents of exactly one element with this tag byte. */
export function contentsOf(element: Uint8Array | undefined, tagByte: number): Uint8Array {
  if (element?.[0] !== tagByte) throw malformed('CRL_MALFORMED', `expected tag byte ${tagByte}`);
  const { start, end } = headOf(element, 0);
  if (end !== element.length) throw malformed('CRL_MALFORMED', 'bytes after the end of the element');
  return element.subarray(start, end);
}

function headOf(bytes: Uint8Array, at: number): { start: number; end: number } {
  const first = bytes[at + 1];
  if (first === undefined || (bytes[at]! & 0x1f) === 0x1f) throw malformed('CRL_MALFORMED', 'tag or cut off');
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    start += count;
    if (count === 0 || count > 4 || start > bytes.length) throw malformed('CRL_MALFORMED', 'length');
    length = 0;
    for (let i = at + 2; i < start; i++) length = length * 256 + bytes[i]!;
    if (length < 0x80 || bytes[at + 2] === 0) throw malformed('CRL_MALFORMED', 'length not minimal');
  }
  if (start + length > bytes.length) throw malformed('CRL_MALFORMED', 'length reaches past the end');
  return { start, end: start + length };
}
