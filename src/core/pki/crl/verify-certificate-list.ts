import type { Oid } from '../../encoding/index.js';
import type { Certificate, CertificateList, SignatureCache } from '../types.js';
import { EXTENSION_OIDS } from '../x509/extension.js';
import { checkIssuerSignature } from '../x509/issuer-signature.js';
import { sameName } from '../x509/name.js';

export type CertificateListCheck =
  | { readonly usable: true }
  | {
      readonly usable: false;
      readonly why: 'issuer-name' | 'key-usage' | 'critical-extension' | 'suite-unknown' | 'bad-signature';
    };

const UNDERSTOOD = new Set<Oid>([
  EXTENSION_OIDS.crlNumber,
  EXTENSION_OIDS.authorityKeyId,
  EXTENSION_OIDS.issuerAltName,
]);
/** These narrow what a list speaks about. They are not supported, so such a list says nothing, critical or not. */
const NARROWING = new Set<Oid>([EXTENSION_OIDS.issuingDistributionPoint, EXTENSION_OIDS.deltaCrlIndicator]);

/**
 * May this list be believed when it comes from `issuer`? RFC 5280 6.3.3 (f), (g) and 5.2, complete direct lists only.
 * Freshness is NOT looked at; see `revocationOf`. Whether `issuer` itself is to be trusted is the path's question.
 */
export async function verifyCertificateList(input: {
  readonly crl: CertificateList;
  readonly issuer: Certificate;
  readonly cache?: SignatureCache;
}): Promise<CertificateListCheck> {
  const { crl, issuer, cache } = input;
  if (!sameName(crl.issuer, issuer.subject)) return { usable: false, why: 'issuer-name' };
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.has('cRLSign')) return { usable: false, why: 'key-usage' };
  const foreign = crl.extensions.some(({ oid, critical }) => NARROWING.has(oid) || (critical && !UNDERSTOOD.has(oid)));
  if (foreign || crl.entryExtensions.length > 0) return { usable: false, why: 'critical-extension' };
  const signature = await checkIssuerSignature(crl, issuer, cache);
  if (signature === 'right') return { usable: true };
  return { usable: false, why: signature === 'wrong' ? 'bad-signature' : 'suite-unknown' };
}
