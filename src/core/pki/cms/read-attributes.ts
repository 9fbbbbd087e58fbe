import { hash } from '#primitives';
import { DIGEST_OIDS, digestByOid } from '../../crypto/index.js';
import {
  childrenOf,
  equalBytes,
  isContext,
  isUniversal,
  readDer,
  readOctetString,
  readOid,
  readTime,
  TAG,
} from '../../encoding/index.js';
import type { DerNode, Oid } from '../../encoding/index.js';
import { TrustError } from '../../errors/index.js';
import type { Certificate, Reading, SignerInfo, SigningCertificateReference } from '../types.js';
import { identifierOf } from '../x509/integers.js';
import { ATTRIBUTE_OIDS } from './oids.js';

/** DER of the value of a signed attribute that stands exactly once with exactly one value. */
export function attributeOf(signer: SignerInfo, oid: Oid): Reading<Uint8Array> {
  const [attribute, ...more] = (signer.signedAttributes ?? []).filter((one) => one.oid === oid);
  if (attribute === undefined) return { found: 'absent' };
  const [value, ...moreValues] = attribute.values;
  if (more.length + moreValues.length > 0) return { found: 'repeated' };
  return value === undefined ? { found: 'malformed' } : { found: 'once', value };
}

/** RFC 5652 11.1: equal to the content type that the signature covers. */
export const contentTypeOf = (signer: SignerInfo): Reading<Oid> =>
  parsed(attributeOf(signer, ATTRIBUTE_OIDS.contentType), readOid);

/** RFC 5652 11.2: hash of the content with the signer's digest algorithm. */
export const messageDigestOf = (signer: SignerInfo): Reading<Uint8Array> =>
  parsed(attributeOf(signer, ATTRIBUTE_OIDS.messageDigest), readOctetString);

/** RFC 5652 11.3. What the signer claims; no proof of time. */
export const claimedSigningTimeOf = (signer: SignerInfo): Reading<Date> =>
  parsed(attributeOf(signer, ATTRIBUTE_OIDS.signingTime), readTime);

/** The certificate that the signer bound into the signature: RFC 5035 5.4.1.1, else RFC 2634 5.4. */
export function signingCertificateOf(signer: SignerInfo): Reading<SigningCertificateReference> {
  const second = attributeOf(signer, ATTRIBUTE_OIDS.signingCertificateV2);
  if (second.found !== 'absent') return parsed(second, (node) => firstReference(node, 2));
  return parsed(attributeOf(signer, ATTRIBUTE_OIDS.signingCertificate), (node) => firstReference(node, 1));
}

/** Does the reference mean this certificate? False too when its digest algorithm is unknown here. */
export function isReferenceTo(reference: SigningCertificateReference, certificate: Certificate): boolean {
  const digest = digestByOid(reference.digestAlgorithm);
  if (digest === undefined || !equalBytes(hash(digest, certificate.der), reference.certificateHash)) return false;
  const named = reference.issuerAndSerial;
  return (
    named === undefined || (named.serial === certificate.serial && equalBytes(named.issuer, certificate.issuer.der))
  );
}

/** The first ESSCertID is the signer's; those behind it only limit the path. */
function firstReference(node: DerNode, version: 1 | 2): SigningCertificateReference {
  const fields = [...childrenOf(childrenOf(childrenOf(node)[0])[0])];
  const named = version === 2 && isUniversal(fields[0], TAG.sequence) ? fields.shift() : undefined;
  const fallback = version === 2 ? DIGEST_OIDS.sha256 : DIGEST_OIDS.sha1;
  const [certificateHash, issuerSerial] = fields;
  return {
    version,
    digestAlgorithm: named === undefined ? fallback : readOid(childrenOf(named)[0]),
    certificateHash: readOctetString(certificateHash),
    issuerAndSerial: issuerSerial && issuerAndSerialOf(issuerSerial),
  };
}

/** IssuerSerial (RFC 5035 5.4.1): one GeneralName, a directoryName [4], which is EXPLICIT since Name is a CHOICE. */
function issuerAndSerialOf(node: DerNode): SigningCertificateReference['issuerAndSerial'] {
  const [issuer, serial] = childrenOf(node);
  const [name] = childrenOf(issuer);
  const directoryName = isContext(name, 4) ? name.children[0] : undefined;
  return { issuer: directoryName?.bytes ?? new Uint8Array(0), serial: identifierOf(serial) };
}

function parsed<T>(reading: Reading<Uint8Array>, read: (node: DerNode) => T): Reading<T> {
  if (reading.found !== 'once') return reading;
  try {
    return { found: 'once', value: read(readDer(reading.value)) };
  } catch (error) {
    if (error instanceof TrustError) return { found: 'malformed' };
    throw error;
  }
}
