import { hash } from '#primitives';
import type { Suite } from '../../crypto/index.js';
import { der } from '../../encoding/index.js';
import type { Oid } from '../../encoding/index.js';
import type { Attribute, Certificate } from '../types.js';
import { attributeSet } from './attributes.js';
import { ATTRIBUTE_OIDS, CMS_OIDS } from './oids.js';

/**
 * The bytes that the signer signs: DER SET OF Attribute with content-type, message-digest, signing-certificate-v2 and
 * `extra`. No signing-time: PAdES baseline has the time elsewhere (EN 319 142-1; clause unverified).
 */
export function signedAttributes(input: {
  /** Default id-data. */
  readonly contentType?: Oid;
  /** Hash of the content by the suite. */
  readonly messageDigest: Uint8Array;
  readonly signingCertificate: Certificate;
  readonly suite: Suite;
  readonly extra?: readonly Attribute[];
}): Uint8Array {
  const { contentType = CMS_OIDS.data, messageDigest, signingCertificate, suite, extra = [] } = input;
  return attributeSet([
    { oid: ATTRIBUTE_OIDS.contentType, values: [der.oid(contentType)] },
    { oid: ATTRIBUTE_OIDS.messageDigest, values: [der.octetString(messageDigest)] },
    { oid: ATTRIBUTE_OIDS.signingCertificateV2, values: [signingCertificateV2(signingCertificate, suite)] },
    ...extra,
  ]);
}

/** SigningCertificateV2 (RFC 5035 5.4.1.1). SHA-256 is the DEFAULT, so DER does not write it. */
function signingCertificateV2({ der: certificate, issuer, serial }: Certificate, suite: Suite): Uint8Array {
  const algorithm = suite.hash === 'sha256' ? [] : [suite.digestAlgorithm];
  const issuerSerial = der.sequence(der.sequence(der.explicit(4, issuer.der)), der.integer(serial));
  const id = der.sequence(...algorithm, der.octetString(hash(suite.hash, certificate)), issuerSerial);
  return der.sequence(der.sequence(id));
}
