import { expectTag, readInteger, readSmallInteger, TAG } from '../../encoding/index.js';
import type { DerNode } from '../../encoding/index.js';
import { EncodingError } from '../../encoding/index.js';

// The maker of a file chooses the length of an INTEGER, and turning octets into a number costs more than linear time.

/** A serial or CRL number: at most 20 octets of value (RFC 5280 4.1.2.2, 5.2.3), of any sign. */
export function identifierOf(node: DerNode | undefined): bigint {
  const { contents } = expectTag(node, TAG.integer);
  if (contents.length > 21 || (contents.length === 21 && contents[0] !== 0)) throw tooLong();
  return readInteger(node);
}

/** Versions and path lengths. */
export function smallIntegerOf(node: DerNode | undefined): number {
  if (expectTag(node, TAG.integer).contents.length > 5) throw tooLong();
  return readSmallInteger(node);
}

function tooLong(): EncodingError {
  return new EncodingError('DER_MALFORMED', { en: 'malformed DER: INTEGER too long', zh: 'DER 编码错误' });
}
