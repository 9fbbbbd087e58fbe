import { concat, isUniversal, TAG, tlv } from '../../encoding/index.js';
import type { DerNode } from '../../encoding/index.js';
import { malformed } from '../malformed.js';

/** Contents of an OCTET STRING. In BER it may come in pieces (X.690 8.7.3); in DER not. */
export function octetsOf(node: DerNode | undefined, ber: boolean): Uint8Array {
  if (node === undefined || !isOctets(node)) throw malformed('CMS_MALFORMED', 'expected OCTET STRING');
  if (!node.constructed) return node.contents;
  if (!ber) throw malformed('CMS_MALFORMED', 'OCTET STRING in pieces');
  return concat(node.children.map((piece) => octetsOf(piece, ber)));
}

/** An element with its lengths and OCTET STRINGs as DER has them. The order inside a SET stays as it is. */
export function derOf(node: DerNode): Uint8Array {
  if (!node.ber) return node.bytes;
  if ((node.bytes[0]! & 0x1f) === 0x1f) throw malformed('CMS_MALFORMED', 'tag too large');
  if (isOctets(node)) return tlv(TAG.octetString, octetsOf(node, true));
  if (!node.constructed) return tlv(node.bytes[0]!, node.contents);
  return tlv(node.bytes[0]!, concat(node.children.map(derOf)));
}

const isOctets = (node: DerNode): boolean => isUniversal(node, TAG.octetString);
