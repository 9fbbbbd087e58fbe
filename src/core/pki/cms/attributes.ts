import { childrenOf, der, equalBytes, isUniversal, readDer, readOid, TAG } from '../../encoding/index.js';
import type { DerNode } from '../../encoding/index.js';
import { malformed } from '../malformed.js';
import type { Attribute } from '../types.js';
import { derOf } from './der-of.js';

/** More than any honest signer has. Sorting and searching below need a bound. */
const MAX_ATTRIBUTES = 256;

/** The elements of SignedAttributes or UnsignedAttributes ::= SET OF Attribute (RFC 5652 5.3); values are DER. */
export function readAttributes(set: DerNode): readonly Attribute[] {
  return elementsOf(set).map((attribute) => {
    const [type, values] = partsOf(attribute);
    return { oid: readOid(type), values: elementsOf(values).map(derOf) };
  });
}

/**
 * RFC 5652 5.4: signed is the DER of SET OF Attribute, whatever order and lengths the sender chose. Answers also whether
 * the sender's bytes were that DER; a signature over other bytes must fail, so those bytes are not kept.
 */
export function signedBytesOf(set: DerNode): { readonly bytes: Uint8Array; readonly asReceived: boolean } {
  const attributes = elementsOf(set).map((attribute) => {
    const [type, values] = partsOf(attribute);
    return der.sequence(derOf(type), der.setOf(...elementsOf(values).map(derOf)));
  });
  const bytes = der.setOf(...attributes);
  // Only the first byte differs: SET instead of [0].
  return { bytes, asReceived: equalBytes(bytes.subarray(1), set.bytes.subarray(1)) };
}

/**
 * Does content by itself read as SignedAttributes? Then a signature made over attributes could be passed off as one over
 * content without attributes (RFC 5652, security considerations): a verifier refuses such content.
 */
export function readsAsAttributes(content: Uint8Array): boolean {
  if (content[0] !== 0x31) return false;
  try {
    const set = readDer(content, { ber: true });
    return set.children.length > 0 && readAttributes(set).length > 0;
  } catch {
    return false;
  }
}

/** SET OF Attribute, DER. */
export function attributeSet(attributes: readonly Attribute[]): Uint8Array {
  return der.setOf(...attributes.map(({ oid, values }) => der.sequence(der.oid(oid), der.setOf(...values))));
}

function elementsOf(set: DerNode): readonly DerNode[] {
  if (set.children.length > MAX_ATTRIBUTES) throw malformed('CMS_MALFORMED', 'too many attributes or values');
  return set.children;
}

function partsOf(attribute: DerNode): readonly [DerNode, DerNode] {
  const [type, values, ...more] = childrenOf(attribute);
  if (type === undefined || !isUniversal(values, TAG.set) || more.length > 0)
    throw malformed('CMS_MALFORMED', 'attribute');
  return [type, values];
}
