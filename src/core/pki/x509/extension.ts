import { childrenOf, isUniversal, readBoolean, readOctetString, readOid, TAG } from '../../encoding/index.js';
import type { DerNode, Oid } from '../../encoding/index.js';
import type { PkiErrorCode } from '../errors.js';
import { malformed } from '../malformed.js';
import type { Extension } from '../types.js';

/** id-ce and id-pe arcs that this product knows by name. */
export const EXTENSION_OIDS = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/**
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension (RFC 5280 4.1). Two of one type are refused (4.2): which of them
 * counts would depend on the reader. `critical FALSE` written out is accepted: authorities in service write it.
 */
export function readExtensions(node: DerNode | undefined, code: PkiErrorCode): readonly Extension[] {
  const seen = new Set<Oid>();
  const extensions: Extension[] = [];
  for (const child of childrenOf(node)) {
    const [type, ...fields] = childrenOf(child);
    const critical = isUniversal(fields[0], TAG.boolean) && readBoolean(fields.shift());
    if (fields.length !== 1) throw malformed(code, 'extension');
    const oid = readOid(type);
    if (seen.has(oid)) throw malformed(code, `extension ${oid} twice`);
    seen.add(oid);
    extensions.push({ oid, critical, value: readOctetString(fields[0]) });
  }
  if (extensions.length === 0) throw malformed(code, 'no extension in the list of extensions');
  return extensions;
}

export function extensionValue(extensions: readonly Extension[], oid: Oid): Uint8Array | undefined {
  return extensions.find((extension) => extension.oid === oid)?.value;
}
