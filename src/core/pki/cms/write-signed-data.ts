import type { Suite } from '../../crypto/index.js';
import { der } from '../../encoding/index.js';
import type { Oid } from '../../encoding/index.js';
import { malformed } from '../malformed.js';
import { readCertificate } from '../x509/certificate.js';
import { CMS_OIDS } from './oids.js';

/**
 * ContentInfo with a detached SignedData of one signer, DER, object identifiers of RFC 5652 for every suite.
 * `certificates` are DER, the signer's first. `signedAttributes` is what `signature` was made over (a SET OF).
 */
export function signedData(input: {
  readonly suite: Suite;
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  /** Default id-data; the same as in the attributes. */
  readonly contentType?: Oid;
}): Uint8Array {
  const { suite, signedAttributes, signature, certificates, contentType = CMS_OIDS.data } = input;
  const [signer] = certificates;
  if (signer === undefined) throw malformed('CMS_MALFORMED', 'no certificate of the signer');
  const { issuer, serial } = readCertificate(signer);
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(issuer.der, der.integer(serial)),
    suite.digestAlgorithm,
    tagged(0xa0, signedAttributes),
    suite.signatureAlgorithm,
    der.octetString(signature),
  );
  // RFC 5652 5.1: version 1, since the content is id-data, the certificates X.509 and the signer info version 1;
  // other content types need 3.
  const signed = der.sequence(
    der.integer(contentType === CMS_OIDS.data ? 1 : 3),
    der.setOf(suite.digestAlgorithm),
    der.sequence(der.oid(contentType)),
    tagged(0xa0, der.setOf(...certificates)),
    der.setOf(signerInfo),
  );
  return der.sequence(der.oid(CMS_OIDS.signedData), der.explicit(0, signed));
}

/** The same contents under another tag: IMPLICIT [0] in place of SET. */
function tagged(tagByte: number, set: Uint8Array): Uint8Array {
  const out = set.slice();
  out[0] = tagByte;
  return out;
}
