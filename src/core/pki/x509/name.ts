import { childrenOf, expectTag, isString, readOid, readString, TAG, toHex } from '../../encoding/index.js';
import type { DerNode, Oid } from '../../encoding/index.js';
import { malformed } from '../malformed.js';
import type { Name } from '../types.js';

/** X.520 attribute types that names of persons, departments and authorities use. */
export const NAME_OIDS = {
  commonName: '2.5.4.3',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  province: '2.5.4.8',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
} as const;

/**
 * RDNSequence (RFC 5280 4.1.2.4). The DER is kept and never written anew: certificates in service hold mis-encoded text.
 * A value that is no readable string is given as `#` and the hex of its DER (RFC 4514 2.4).
 */
export function readName(node: DerNode | undefined): Name {
  const attributes: { oid: Oid; value: string }[] = [];
  let key = '';
  const sequence = expectTag(node, TAG.sequence);
  for (const rdn of sequence.children) {
    const parts: string[] = [];
    for (const pair of childrenOf(rdn, TAG.set)) {
      const [type, value, ...more] = childrenOf(pair);
      if (value === undefined || more.length > 0) throw malformed('CERTIFICATE_MALFORMED', 'attribute of a name');
      const oid = readOid(type);
      const text = textOf(value);
      attributes.push({ oid, value: text ?? `#${toHex(value.bytes)}` });
      const folded = text === undefined ? `#${toHex(value.bytes)}` : `=${fold(text)}`;
      // The length keeps a value from posing as a separator.
      parts.push(`${oid}:${folded.length}${folded}`);
    }
    key += `/${parts.sort().join('+')}`;
  }
  return { der: sequence.bytes, attributes, key };
}

function textOf(value: DerNode): string | undefined {
  if (!isString(value)) return undefined;
  try {
    return readString(value);
  } catch {
    return undefined;
  }
}

/** RFC 5280 7.1, the parts of RFC 4518 that matter: compatibility form, lower case, one blank for many, none around. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

export const sameName = (a: Name, b: Name): boolean => a.key === b.key;

/** The last common name: the most specific one (RFC 4514 2.1 order). */
export const commonNameOf = (name: Name): string | undefined => lastOf(name, NAME_OIDS.commonName);

export const organisationOf = (name: Name): string | undefined => lastOf(name, NAME_OIDS.organisation);

function lastOf(name: Name, oid: Oid): string | undefined {
  return name.attributes.findLast((attribute) => attribute.oid === oid)?.value;
}
