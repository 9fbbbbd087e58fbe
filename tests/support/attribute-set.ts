import { childrenOf, der, readDer, readOid } from '../../src/core/encoding/index.js';
import type { Attribute } from '../../src/core/pki/index.js';

/** Takes a DER SET OF Attribute apart, lets `change` have it, and writes it again in DER order. */
export function attributeSetOf(
  set: Uint8Array,
  change: (own: readonly Attribute[]) => readonly Attribute[],
): Uint8Array {
  const own = readDer(set).children.map((node): Attribute => {
    const [type, values] = childrenOf(node);
    return { oid: readOid(type), values: values!.children.map(({ bytes }) => bytes) };
  });
  return der.setOf(...change(own).map(({ oid, values }) => der.sequence(der.oid(oid), der.setOf(...values))));
}
